import { Failure } from '../lib/failures.ts'

/** A critical finding that does not stop a release, until a day. */
export interface AcceptedFinding {
  /** Name of the finding, such as CVE-2023-45853. */
  readonly name: string
  /** Debian package that it was found in; the same finding in another package still stops a release. */
  readonly package: string
  /** Why it does no harm here. */
  readonly reason: string
  /** The last day on which it is accepted, such as 2027-03-31: from then on publishing fails until somebody has looked again. */
  readonly expires: string
}

/** What is accepted now. Empty: Debian trixie has no critical finding that we know of. */
export const acceptedFindings: readonly AcceptedFinding[] = []

/** Refuses a list with an expired entry. @throws Failure naming each one */
export function requireCurrent(accepted: readonly AcceptedFinding[], today = new Date()): void {
  const day = today.toISOString().slice(0, 10)
  const expired = accepted.filter(({ expires }) => expires < day)
  if (expired.length === 0) return
  const named = expired.map(({ name, package: piece, expires }) => `${name} in ${piece} (until ${expires})`)
  throw new Failure(
    `Accepted findings have expired: ${named.join(', ')}. Look at each again, then remove it from ops/deploy/accepted-findings.ts or give it a new day.`,
  )
}
