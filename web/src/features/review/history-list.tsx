import { VisuallyHidden } from '@mantine/core'
import {
  IconFlask,
  IconFlaskOff,
  IconUserCheck,
  IconUserEdit,
  IconUserQuestion,
  type TablerIcon,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { reviewsQuery } from '../../api/reviews.ts'
import type { Analysis, Review } from '../../api/types.ts'
import { FacilityTime } from '../../components/facility-time.tsx'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useTexts } from '../../language/use-language.ts'
import type { Messages } from '../../texts/en/index.ts'
import { type Change, changesOf } from './changes.ts'
import classes from './history-list.module.css'
import { type ReviewTexts, useReviewTexts } from './texts.ts'

const icons: Record<Review['kind'], TablerIcon> = {
  confirm: IconUserCheck,
  correct: IconUserEdit,
  unsure: IconUserQuestion,
  void: IconFlask,
  reinstate: IconFlaskOff,
}

/** Who said what, when, and what it changed. The newest comes first. */
export function HistoryList({ analysis }: { analysis: Analysis }) {
  const texts = useReviewTexts()
  const {
    data: reviews = [],
    error,
    refetch,
  } = useQuery({
    ...reviewsQuery(analysis.defect_id),
    enabled: analysis.review !== null,
  })
  if (error) return <ProblemNote title={texts.historyFailed} error={error} onRetry={() => void refetch()} />
  if (analysis.review === null) return <p className={classes.nothing}>{texts.noHistory}</p>
  return (
    <section aria-label={texts.history}>
      <h3 className={classes.title}>{texts.history}</h3>
      <ol className={classes.list} reversed>
        {reviews.map((review, index) => (
          <Entry key={review.id} review={review} before={reviews[index + 1]} analysis={analysis} />
        ))}
      </ol>
    </section>
  )
}

function Entry({ review, before, analysis }: { review: Review; before: Review | undefined; analysis: Analysis }) {
  const { vocabulary } = useTexts()
  const texts = useReviewTexts()
  const Icon = icons[review.kind]
  return (
    <li className={classes.entry}>
      <Icon size={20} aria-hidden />
      <div>
        <p>
          <strong>{review.person}</strong> {texts.kinds[review.kind]}
        </p>
        <FacilityTime iso={review.reviewed_at} facility={analysis.facility} className={classes.time} />
        {changesOf(review, before, analysis).map((change) => (
          <p key={change.field}>
            {texts.changed[change.field]} {wordOf(change, 'from', { texts, vocabulary })} <span aria-hidden>→</span>
            <VisuallyHidden>{texts.to}</VisuallyHidden> {wordOf(change, 'to', { texts, vocabulary })}
          </p>
        ))}
        {review.comment && <blockquote>{review.comment}</blockquote>}
      </div>
    </li>
  )
}

interface Words {
  texts: ReviewTexts
  vocabulary: Messages['vocabulary']
}

function wordOf(change: Change, side: 'from' | 'to', { texts, vocabulary }: Words): string {
  if (change.field === 'verdict') return vocabulary.verdicts[change[side]].name
  if (change.field === 'sku') return change[side]
  if (change.field === 'type') return change[side] ? vocabulary.defectTypes[change[side]] : texts.nothing
  if (change.field === 'severity') return change[side] ? vocabulary.severities[change[side]].name : texts.nothing
  if (change.field === 'defects') {
    const named = change[side].map(
      ({ defect_type, severity }) => `${vocabulary.defectTypes[defect_type]} (${vocabulary.severities[severity].name})`,
    )
    return named.length > 0 ? named.join(texts.listSeparator) : texts.nothing
  }
  const box = change[side]
  return box ? `${box.x}, ${box.y}, ${box.width} × ${box.height}` : texts.nothing
}
