import { randomInt } from 'node:crypto'

/** Shares are drawn in hundredths of a percent. */
const PARTS = 10_000

/**
 * Whether a photo is one of the sample that people check whatever the analyzer says. Drawn once, before the result is stored, from
 * nothing but chance: only so does it tell what the analyzer misses.
 */
export const drawnForCheck = (percent: number, draw: (below: number) => number = randomInt): boolean =>
  draw(100 * PARTS) < percent * PARTS
