import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { bodyOf, client } from './client.ts'
import type { Analysis, Facility, HistoryFilters, NewReview, Verdict } from './types.ts'

const PAGE_SIZE = 25

/** What people have said of a result, the newest first. */
export const reviewsQuery = (defectId: string) =>
  queryOptions({
    queryKey: ['reviews', defectId],
    queryFn: async ({ signal }) => {
      const path = { defect_id: defectId }
      return (await bodyOf(client.GET('/api/v1/analyses/{defect_id}/reviews', { params: { path }, signal }))).reviews
    },
    staleTime: 60_000,
  })

/** Adds a review, once for each key; the result as it is then. */
export async function addReview(defectId: string, said: NewReview, key: string): Promise<Analysis> {
  const params = { path: { defect_id: defectId }, header: { 'idempotency-key': key } }
  return (await bodyOf(client.POST('/api/v1/analyses/{defect_id}/reviews', { params, body: said }))).analysis
}

/** The newest other part of the same product that is good, of the same plant before others; null: there is none. */
export const lastGoodQuery = ({ defect_id: id, facility, effective }: Analysis) =>
  queryOptions({
    queryKey: ['last-good', id, effective.product_sku],
    queryFn: async ({ signal }): Promise<Analysis | null> => {
      const newest = async (place: Facility | undefined) => {
        const query = {
          product_sku: effective.product_sku,
          effective_verdict: 'ok' as const,
          voided: false,
          facility: place,
          limit: 2,
        }
        const { analyses } = await bodyOf(client.GET('/api/v1/analyses', { params: { query }, signal }))
        return analyses.find(({ defect_id }) => defect_id !== id) ?? null
      }
      return (await newest(facility)) ?? (await newest(undefined))
    },
    staleTime: 60_000,
  })

/** What is worked through: what waits for a person, of that what somebody was unsure about, or on demand all that nobody has judged. */
export type Shown = 'waiting' | 'unsure' | 'unjudged'

export interface Waiting {
  facility: Facility | undefined
  product_sku: string | undefined
  shown: Shown
}

const FILTERS: Record<Shown, HistoryFilters> = {
  waiting: { waiting: true },
  unsure: { waiting: true, person_verdict: 'review' },
  unjudged: { person_verdict: 'none', voided: false },
}

/** The doubtful first, then the bad, then the good. */
const ORDER: readonly Verdict[] = ['review', 'ng', 'ok']

interface Place {
  verdict: Verdict
  cursor?: string
}

const filtersOf = ({ shown, ...place }: Waiting): HistoryFilters => ({ ...place, ...FILTERS[shown] })

/** Where the next page begins; undefined at the end. */
function placeAfter(verdict: Verdict, cursor: string | null): Place | undefined {
  if (cursor) return { verdict, cursor }
  const next = ORDER[ORDER.indexOf(verdict) + 1]
  return next && { verdict: next }
}

/**
 * The queue of the reviewers, page by page. It is a snapshot: what is judged stays in it, so that nothing moves under the
 * reviewer's hands.
 */
export const waitingQuery = (waiting: Waiting) =>
  infiniteQueryOptions({
    queryKey: ['waiting', waiting],
    initialPageParam: { verdict: 'review' } as Place,
    queryFn: async ({ pageParam, signal }) => {
      let place: Place = pageParam
      for (;;) {
        const query = { ...filtersOf(waiting), ...place, limit: PAGE_SIZE }
        const { analyses, next_cursor } = await bodyOf(client.GET('/api/v1/analyses', { params: { query }, signal }))
        const next = placeAfter(place.verdict, next_cursor)
        if (analyses.length > 0 || !next) return { analyses, next }
        place = next
      }
    },
    getNextPageParam: ({ next }) => next,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

/** How many wait; counted up to 10,000. */
export const waitingCountQuery = (waiting: Waiting) =>
  queryOptions({
    queryKey: ['waiting-count', waiting],
    queryFn: ({ signal }) =>
      bodyOf(client.GET('/api/v1/analyses/count', { params: { query: filtersOf(waiting) }, signal })),
    refetchInterval: 30_000,
    // The header and the queue ask for the same.
    staleTime: 10_000,
  })
