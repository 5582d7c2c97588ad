import { isUnanswered, type ProblemError } from '../../api/problem.ts'

/** After so many vain attempts a photo has failed. */
const MAX_WAITS = 5
/** Seconds before a photo whose answer was lost is sent again; twice as long each time. */
const LOST_ANSWER_WAIT = 2

/**
 * Seconds until a photo that was sent in vain `waits` times before is sent again; null where it has failed. A limit, and a
 * service that does not answer anybody, are not the photo's fault: they are waited for without end.
 */
export async function waitAfter(
  problem: ProblemError,
  waits: number,
  reachable: () => Promise<boolean>,
): Promise<number | null> {
  const { status, retryAfter } = problem
  const mayTryAgain = waits < MAX_WAITS
  if (isUnanswered(problem)) {
    const seconds = LOST_ANSWER_WAIT * 2 ** Math.min(waits, MAX_WAITS - 1)
    return mayTryAgain || !(await reachable()) ? seconds : null
  }
  if (status === 429) return retryAfter
  // Its first request still runs, or the service has too much to do.
  return (status === 409 || status === 503) && mayTryAgain ? retryAfter : null
}
