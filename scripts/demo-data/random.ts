import type { Random } from '../../fixtures/sample-parts/random.ts'

export const chance = (random: Random, probability: number): boolean => random.between(0, 1) < probability
/** A whole number, both ends included. */
export const whole = (random: Random, from: number, to: number): number => Math.floor(random.between(from, to + 1))
/** One of a list that is not empty. */
export const oneOf = <T>(random: Random, list: readonly T[]): T => list[whole(random, 0, list.length - 1)] as T

/** A key, as likely as its weight says. There is at least one. */
export function byWeight<K extends string>(random: Random, weights: Readonly<Partial<Record<K, number>>>): K {
  const entries = Object.entries<number | undefined>(weights).map(([key, weight = 0]) => [key as K, weight] as const)
  const sum = entries.reduce((total, [, weight]) => total + weight, 0)
  let left = random.between(0, sum)
  for (const [key, weight] of entries) {
    left -= weight
    if (left < 0) return key
  }
  return (entries[0] as (typeof entries)[number])[0]
}

/** Eight hex digits for each word. */
export const hex = (random: Random, words: number): string =>
  Array.from({ length: words }, () =>
    whole(random, 0, 2 ** 32 - 1)
      .toString(16)
      .padStart(8, '0'),
  ).join('')
export const uuid = (random: Random): string =>
  hex(random, 4).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5')
