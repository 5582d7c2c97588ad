import { setTimeout as sleep } from 'node:timers/promises'

/** Reports progress on standard error; results go to standard output. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** Whole seconds since `start` (performance.now()). */
export const secondsSince = (start: number): number => Math.round((performance.now() - start) / 1000)

/** Runs a step and reports its start and duration. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  say(`${title} ...`)
  const result = await work()
  say(`${title}: done after ${secondsSince(start)} s`)
  return result
}

/** Polling interval (`every`) and time limit (`most`), in milliseconds. */
export interface Polling {
  readonly every: number
  readonly most: number
}

/**
 * Polls until `look` returns an object. A string is its current state, reported when it changes and every ten seconds.
 * @returns the object, or undefined after the time limit
 */
export async function waitFor<T extends object>(
  polling: Polling,
  look: () => Promise<T | string>,
): Promise<T | undefined> {
  const start = performance.now()
  let last = ''
  let saidAt = 0
  for (;;) {
    const answer = await look()
    if (typeof answer !== 'string') return answer
    const now = performance.now()
    if (answer !== last || now - saidAt >= 10_000) {
      say(`  ${secondsSince(start)} s: ${answer}`)
      last = answer
      saidAt = now
    }
    if (now - start >= polling.most) return undefined
    await sleep(polling.every)
  }
}
