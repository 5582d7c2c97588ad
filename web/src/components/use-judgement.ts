import { useQuery } from '@tanstack/react-query'
import { reviewsQuery } from '../api/reviews.ts'
import type { Analysis, Review } from '../api/types.ts'
import { judgementOf } from './judgement.ts'

/** Who has judged the part, and how; null: nobody. Until the history has come, whoever said something last. */
export function useJudgement({ defect_id: id, review }: Analysis): Review | null {
  const { data } = useQuery({ ...reviewsQuery(id), enabled: review !== null })
  if (!review?.verdict) return null
  return judgementOf(data?.[0]?.id === review.id ? data : [review])
}
