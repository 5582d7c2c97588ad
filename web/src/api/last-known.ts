import { isUnanswered, toProblem } from './problem.ts'

/** For queries whose answers are kept by orLastKnown: they run without a network too, and once more when it is back. */
export const ALSO_OFFLINE = { networkMode: 'always', refetchOnReconnect: 'always' } as const

const keyOf = (name: string): string => `wiko.known.${name}`

function keep(name: string, body: unknown): void {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(body))
  } catch {
    // Full, or forbidden: it is only for want of a network.
  }
}

/** What the service answers, kept on the device; where it cannot be reached, what it answered last. */
export async function orLastKnown<Body>(name: string, asking: Promise<Body>): Promise<Body> {
  try {
    const body = await asking
    keep(name, body)
    return body
  } catch (error) {
    const known = isUnanswered(toProblem(error)) ? localStorage.getItem(keyOf(name)) : null
    if (known === null) throw error
    return JSON.parse(known) as Body
  }
}
