import { Failure } from '../lib/failures.ts'

/** Parts of a deployment that something else may stand for: the AWS account, CloudFront with its TLS, the model at Azure. */
const PARTS = ['account', 'edge', 'model'] as const
export type Part = (typeof PARTS)[number]

/**
 * What is a stand-in here: the words of STAND_INS, and the account where AWS_ENDPOINT_URL leads elsewhere. Lines on these count as
 * simulated, whatever they find. @throws Failure at another word
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
