import type { Analysis } from '../../api/types.ts'
import { formatNumber, formatSeconds } from '../../components/format.ts'
import classes from './details.module.css'
import { texts } from './texts.ts'

/** What a quality engineer asks for later: who judged, by which prompt, how long, at what cost. */
export function Details({ analysis }: { analysis: Analysis }) {
  const names = texts.details
  const tokens = [analysis.input_tokens, analysis.output_tokens, analysis.reasoning_tokens_used]
  const facts: [string, string | null | undefined][] = [
    [names.defectId, analysis.defect_id],
    [names.fileName, analysis.file_name],
    [names.analyzer, analysis.analyzer],
    [names.model, analysis.model_version],
    [names.prompt, analysis.prompt_version],
    [names.latency, formatSeconds(analysis.latency_ms)],
    [names.modelLatency, formatSeconds(analysis.model_latency_ms)],
    [names.tokens, tokens.some((count) => count > 0) ? tokens.map(formatNumber).join(', ') : null],
    [names.cost, analysis.cost_usd === null ? null : `US$ ${analysis.cost_usd.toFixed(4)}`],
    [names.size, `${analysis.image_width} × ${analysis.image_height}`],
    [names.language, analysis.language],
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
    <details className={classes.details}>
      <summary>{names.title}</summary>
      <dl className={classes.facts}>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </details>
  )
}
