import type { Random } from '../../fixtures/sample-parts/random.ts'

const WORD = 2 ** 32

/** True with this probability. */
export const chance = (random: Random, probability: number): boolean => random.between(0, 1) < probability

/** A whole number, both ends included. */
export const whole = (random: Random, from: number, to: number): number => Math.floor(random.between(from, to + 1))

/** One of them, each as likely. The list has at least one. */
export const oneOf = <T>(random: Random, list: readonly T[]): T => list[whole(random, 0, list.length - 1)] as T

/** One of them, as likely as its weight says. The list has at least one. */
export function byWeight<T>(random: Random, list: readonly (readonly [value: T, weight: number])[]): T {
  let left = random.between(
    0,
    list.reduce((sum, [, weight]) => sum + weight, 0),
  )
  for (const [value, weight] of list) {
    left -= weight
    if (left < 0) return value
  }
  return (list.at(-1) as readonly [T, number])[0]
}

/** That many hex digits, in eights. */
export const hex = (random: Random, words: number): string =>
  Array.from({ length: words }, () => Math.floor(random.between(0, WORD)).toString(16).padStart(8, '0')).join('')

/** A UUID of version 4 from seeded numbers: the same seed, the same id. */
export function uuid(random: Random): string {
  const digits = hex(random, 4)
  const variant = '89ab'.charAt(Number.parseInt(digits.charAt(16), 16) % 4)
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}
