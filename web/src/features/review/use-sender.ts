import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { newKey } from '../../api/idempotency-key.ts'
import { type ProblemError, toProblem } from '../../api/problem.ts'
import { analysisQuery } from '../../api/queries.ts'
import { addReview, reviewsQuery } from '../../api/reviews.ts'
import type { Analysis, NewReview } from '../../api/types.ts'
import { forgetDraft } from './draft.ts'

export type Sending = { is: 'sending' } | { is: 'failed'; problem: ProblemError }
export type Said = Omit<NewReview, 'after' | 'person'>

export interface Sender {
  /** Sends what a person says of a result as the person sees it. */
  send: (analysis: Analysis, said: Said) => void
  /** By result; what has gone well is not in it. */
  states: ReadonlyMap<string, Sending>
}

/** Key of each request whose outcome is not known: the same, sent again, has one effect. */
const keys = new Map<string, string>()

/**
 * Sends reviews. One that is refused because somebody was faster is not lost: the result is read anew, the draft stays, and
 * the next attempt answers to what is there then.
 */
export function useSender(on: { sent?: (analysis: Analysis) => void; failed?: (id: string) => void } = {}): Sender {
  const queries = useQueryClient()
  const [states, setStates] = useState<ReadonlyMap<string, Sending>>(new Map())
  const setState = (id: string, state: Sending | null) =>
    setStates((before) => {
      const next = new Map(before)
      if (state) next.set(id, state)
      else next.delete(id)
      return next
    })

  const reread = async (id: string) => {
    await Promise.allSettled([
      queries.fetchQuery({ ...analysisQuery(id), initialData: undefined, staleTime: 0 }),
      queries.fetchQuery({ ...reviewsQuery(id), staleTime: 0 }),
    ])
  }
  const send = async (analysis: Analysis, said: Said) => {
    const id = analysis.defect_id
    const body: NewReview = { ...said, after: analysis.review?.id ?? null }
    const request = `${id} ${JSON.stringify(body)}`
    const key = keys.get(request) ?? newKey()
    keys.set(request, key)
    setState(id, { is: 'sending' })
    try {
      const reviewed = await addReview(id, body, key)
      keys.delete(request)
      forgetDraft(id)
      queries.setQueryData(analysisQuery(id).queryKey, reviewed)
      for (const queryKey of [['reviews', id], ['history'], ['waiting-count']]) {
        void queries.invalidateQueries({ queryKey })
      }
      setState(id, null)
      on.sent?.(reviewed)
    } catch (error) {
      const problem = toProblem(error)
      if (problem.status === 409) await reread(id)
      setState(id, { is: 'failed', problem })
      on.failed?.(id)
    }
  }
  return { send: (analysis, said) => void send(analysis, said), states }
}
