import { setTimeout as sleep } from 'node:timers/promises'

/** Says what a command is doing, on standard error: results go to standard output. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** Whole seconds since `start` (performance.now()). */
export const secondsSince = (start: number): number => Math.round((performance.now() - start) / 1000)

/** Does a step, with a line at its beginning and one with its time at its end. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  say(`${title} ...`)
  const result = await work()
  say(`${title}: done after ${secondsSince(start)} s`)
  return result
}

/** How long to wait for something, and how often to look. Milliseconds. */
export interface Patience {
  readonly every: number
  readonly most: number
}

/**
 * Looks until `look` has an answer, at most `patience.most`. A text that `look` returns is what it is waiting for, and is said when it
 * changes and every ten seconds.
 * @returns the answer, or undefined when the time is over
 */
export async function waitFor<T extends object>(
  patience: Patience,
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
    if (now - start >= patience.most) return undefined
    await sleep(patience.every)
  }
}
