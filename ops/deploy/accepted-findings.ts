import { Failure } from '../lib/failures.ts'

/** A critical finding that does not stop a release before it expires. */
export interface AcceptedFinding {
  /** Name of the finding, such as CVE-2023-45853. */
  readonly name: string
  /** Affected Debian package; the same finding in another package still stops a release. */
  readonly package: string
  /** Why it is harmless here. */
  readonly reason: string
  /** Last day of acceptance, such as 2027-03-31; publishing fails afterwards until it is reviewed. */
  readonly expires: string
}

/** Empty: no critical finding in Debian trixie is known. */
export const acceptedFindings: readonly AcceptedFinding[] = []

/** @throws Failure naming the expired entries */
export function requireCurrent(accepted: readonly AcceptedFinding[], today = new Date()): void {
  const day = today.toISOString().slice(0, 10)
  const expired = accepted.filter(({ expires }) => expires < day)
  if (expired.length === 0) return
  const named = expired.map(({ name, package: piece, expires }) => `${name} in ${piece} (until ${expires})`)
  throw new Failure(
    `Accepted findings have expired: ${named.join(', ')}. Look at each again, then remove it from ops/deploy/accepted-findings.ts or give it a new day.`,
  )
}
