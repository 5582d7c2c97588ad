import { IconCpu, IconSparkles } from '@tabler/icons-react'
import type { Info } from '../api/types.ts'
import { useTexts } from '../language/use-language.ts'
import classes from './layout.module.css'

/** Keeps the banner's place until it is known, so that nothing moves. */
export const AnalyzerRoom = () => (
  <div className={classes.analyzer} aria-hidden>
    &nbsp;
  </div>
)

/** Says who judges the photos: nobody must take the local analyzer for the model. */
export function AnalyzerBanner({ analyzer }: { analyzer: Info['analyzer'] }) {
  const texts = useTexts().frame
  const local = analyzer.kind === 'local'
  const Icon = local ? IconCpu : IconSparkles
  return (
    <aside className={classes.analyzer} data-print="no" data-local={local} aria-label={texts.analyzer}>
      <Icon size={18} aria-hidden />
      <span>
        {local ? texts.localAnalyzer : texts.model(analyzer.model_version)}
        {local && <span className={classes.version}> ({analyzer.model_version})</span>}
      </span>
    </aside>
  )
}
