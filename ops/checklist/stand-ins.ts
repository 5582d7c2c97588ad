import { Failure } from '../lib/failures.ts'

/** Parts of a deployment that can be simulated: the AWS account, CloudFront with its TLS, the Azure model. */
const PARTS = ['account', 'edge', 'model'] as const
export type Part = (typeof PARTS)[number]

/**
 * The simulated parts: those named by STAND_INS, and the account if AWS_ENDPOINT_URL is set. Checks on them count as simulated.
 * @throws Failure for an unknown name
 */
export function standInsOf({ STAND_INS = '', AWS_ENDPOINT_URL: endpoint }: NodeJS.ProcessEnv): ReadonlySet<Part> {
  const words = STAND_INS.split(/[\s,]+/).filter(Boolean)
  const parts = words.map((word) => {
    const part = PARTS.find((known) => known === word)
    if (!part) throw new Failure(`STAND_INS: ${word} is none of ${PARTS.join(', ')}`)
    return part
  })
  return new Set<Part>(endpoint ? [...parts, 'account'] : parts)
}
