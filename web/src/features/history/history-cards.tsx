import { Link } from 'react-router'
import type { Analysis } from '../../api/types.ts'
import { formatShare, formatTime } from '../../components/format.ts'
import { SeverityTag, VerdictTag } from '../../components/tag.tsx'
import { useFacilityName } from '../../components/use-facility-name.ts'
import { defectTypeNames } from '../../components/vocabulary-texts.ts'
import classes from './history-cards.module.css'
import { texts } from './texts.ts'
import { Thumbnail } from './thumbnail.tsx'

/** The history on a narrow screen. */
export function HistoryCards({ analyses }: { analyses: readonly Analysis[] }) {
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
  const facility = useFacilityName(analysis.facility)
  return (
    <Link to={`/results/${analysis.defect_id}`} className={classes.card}>
      <Thumbnail analysis={analysis} />
      <span className={classes.words}>
        <span className={classes.tags}>
          <VerdictTag verdict={analysis.verdict} />
          {analysis.defect_detected && <SeverityTag severity={analysis.severity} />}
        </span>
        <strong>{analysis.defect_detected ? defectTypeNames[analysis.defect_type] : texts.noDefect}</strong>
        <span className={classes.soft}>
          {analysis.product_sku} · {facility} · {texts.columns.confidence} {formatShare(analysis.confidence)}
        </span>
        <time dateTime={analysis.timestamp} className={classes.soft}>
          {formatTime(analysis.timestamp)}
        </time>
      </span>
    </Link>
  )
}
