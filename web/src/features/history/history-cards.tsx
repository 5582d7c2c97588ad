import { Link } from 'react-router'
import type { Analysis } from '../../api/types.ts'
import { FacilityTime } from '../../components/facility-time.tsx'
import { SeverityTag, VerdictTag } from '../../components/tag.tsx'
import { useFormats, useTexts } from '../../language/use-language.ts'
import classes from './history-cards.module.css'
import { Thumbnail } from './thumbnail.tsx'

/** The history on a narrow screen. */
export function HistoryCards({ analyses }: { analyses: readonly Analysis[] }) {
  const texts = useTexts().history
  return (
    <ul className={classes.cards} aria-label={texts.caption}>
      {analyses.map((analysis) => (
        <li key={analysis.defect_id}>
          <Card analysis={analysis} />
        </li>
      ))}
    </ul>
  )
}

function Card({ analysis }: { analysis: Analysis }) {
  const { shared, vocabulary } = useTexts()
  const formats = useFormats()
  return (
    <Link to={`/results/${analysis.defect_id}`} className={classes.card}>
      <Thumbnail analysis={analysis} />
      <span className={classes.words}>
        <span className={classes.tags}>
          <VerdictTag verdict={analysis.verdict} />
          {analysis.defect_detected && <SeverityTag severity={analysis.severity} />}
        </span>
        <strong>{analysis.defect_detected ? vocabulary.defectTypes[analysis.defect_type] : shared.noDefect}</strong>
        <span className={classes.soft}>
          {analysis.product_sku} · {vocabulary.facilities[analysis.facility]} · {shared.confidence}{' '}
          {formats.share(analysis.confidence)}
        </span>
        <FacilityTime iso={analysis.timestamp} facility={analysis.facility} className={classes.soft} />
      </span>
    </Link>
  )
}
