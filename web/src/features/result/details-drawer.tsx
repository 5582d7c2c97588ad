import type { Analysis } from '../../api/types.ts'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { LANGUAGES } from '../../language/languages.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import classes from './details-drawer.module.css'
import { type Fact, Facts } from './facts.tsx'

interface DetailsDrawerProps {
  analysis: Analysis
  opened: boolean
  onClose: () => void
}

/** What a quality engineer asks for later: who judged, by which prompt, how long, at what cost. */
export default function DetailsDrawer({ analysis, opened, onClose }: DetailsDrawerProps) {
  const { result, vocabulary } = useTexts()
  const formats = useFormats()
  const names = result.details
  const analyzers: Record<string, string> = vocabulary.analyzers
  const tokens = [analysis.input_tokens, analysis.output_tokens, analysis.reasoning_tokens_used]
  const facts: Fact[] = [
    [names.defectId, analysis.defect_id],
    [names.fileName, analysis.file_name],
    [names.analyzer, analyzers[analysis.analyzer] ?? analysis.analyzer],
    [names.model, analysis.model_version],
    [names.prompt, analysis.prompt_version],
    [names.latency, formats.seconds(analysis.latency_ms)],
    [names.modelLatency, formats.seconds(analysis.model_latency_ms)],
    [names.tokens, tokens.some((count) => count > 0) ? tokens.map(formats.number).join(', ') : null],
    [names.cost, analysis.cost_usd === null ? null : formats.dollars(analysis.cost_usd)],
    [names.size, `${analysis.image_width} × ${analysis.image_height}`],
    [names.language, LANGUAGES[analysis.language]],
    [names.part_id, analysis.part_id],
    [names.line_id, analysis.line_id],
    [names.station, analysis.station],
    [names.shift, analysis.shift],
    [names.lot, analysis.lot],
    [names.operator, analysis.operator],
    [names.event_id, analysis.event_id],
    [names.production, analysis.production_data ? JSON.stringify(analysis.production_data, null, 1) : null],
  ]
  return (
    <SideDrawer title={names.title} opened={opened} onClose={onClose}>
      <Facts facts={facts} className={classes.facts} />
    </SideDrawer>
  )
}
