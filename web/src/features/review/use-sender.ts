import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { newKey } from '../../api/idempotency-key.ts'
import { type ProblemError, toProblem } from '../../api/problem.ts'
import { analysisQuery } from '../../api/queries.ts'
import { addReview, reviewsQuery } from '../../api/reviews.ts'
import type { Analysis } from '../../api/types.ts'
import { draftOn, type Said, type Sent } from './draft.ts'
import { forgetDraft, keepDraft, keptDraft } from './draft-store.ts'

export type Sending = { is: 'sending' } | { is: 'failed'; problem: ProblemError }

export interface Sender {
  /** Sends what a person says of a result. It answers to the review `after`; a newer one refuses it. */
  send: (analysis: Analysis, said: Said, after: string | null) => void
  /** By result; what has gone well is not in it. */
  states: ReadonlyMap<string, Sending>
}

const FASTER = 'reviewed-meanwhile'
/** The first request still runs, or nobody knows whether it did. */
const isUnknown = ({ status, kind }: ProblemError): boolean =>
  status === 0 || status >= 500 || kind === 'request-running'
/** Kinds of a refusal after which the result is read anew. */
const OUTDATED = [FASTER, 'nothing-to-do']

/**
 * Sends reviews. What is sent is kept until it is answered, over a reload too: sent again, it is the same request. One that is
 * refused because somebody was faster waits for the person to choose between the two.
 */
export function useSender(on: { failed?: (id: string) => void } = {}): Sender {
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
  const send = async (analysis: Analysis, said: Said, after: string | null) => {
    const id = analysis.defect_id
    const draft = draftOn(analysis, keptDraft(id))
    const sent: Sent = { said, after, key: keyOf(draft.sent, said, after), refused: false }
    const keepSent = (now: Sent | null) => keepDraft(id, { ...(keptDraft(id) ?? draft), after, sent: now })
    keepSent(sent)
    setState(id, { is: 'sending' })
    try {
      const reviewed = await addReview(id, { ...said, after }, sent.key)
      queries.setQueryData(analysisQuery(id).queryKey, reviewed)
      // What was answered to the first attempt may be outdated.
      if (draft.sent?.key === sent.key) await reread(id)
      forgetDraft(id)
      for (const queryKey of [['reviews', id], ['history'], ['waiting-count']]) {
        void queries.invalidateQueries({ queryKey })
      }
      setState(id, null)
    } catch (error) {
      const problem = toProblem(error)
      if (problem.kind !== null && OUTDATED.includes(problem.kind)) await reread(id)
      if (problem.kind === FASTER) keepSent({ ...sent, refused: true })
      else if (!isUnknown(problem)) keepSent(null)
      setState(id, { is: 'failed', problem })
      on.failed?.(id)
    }
  }
  return { send: (analysis, said, after) => void send(analysis, said, after), states }
}

/** The key of the request before, where this is the same. */
function keyOf(before: Sent | null, said: Said, after: string | null): string {
  const content = (one: Pick<Sent, 'said' | 'after'>) => JSON.stringify([one.said, one.after])
  return before && content(before) === content({ said, after }) ? before.key : newKey()
}
