import { isUnanswered, type ProblemError } from '../../../api/problem.ts'

/** A photo fails after this many failed attempts. */
const MAX_ATTEMPTS = 5
/** Seconds before the first retry after a lost response; doubled each time. */
const LOST_RESPONSE_DELAY = 2

/**
 * Seconds until the next attempt, after `attempts` failed ones before this; null if the photo has failed. Rate limits and outages are
 * not the photo's fault and are waited out for as long as they last.
 */
export async function retryDelay(
  problem: ProblemError,
  attempts: number,
  reachable: () => Promise<boolean>,
): Promise<number | null> {
  const { status, retryAfter } = problem
  const mayRetry = attempts < MAX_ATTEMPTS
  if (isUnanswered(problem)) {
    const seconds = LOST_RESPONSE_DELAY * 2 ** Math.min(attempts, MAX_ATTEMPTS - 1)
    return mayRetry || !(await reachable()) ? seconds : null
  }
  if (status === 429) return retryAfter
  // The first request with this key is still running, or the service is overloaded.
  return (status === 409 || status === 503) && mayRetry ? retryAfter : null
}
