/** Seeded random numbers: the same seed gives the same picture everywhere. */
export interface Random {
  /** Uniform in [from, to). */
  between(from: number, to: number): number
  /** Roughly Gaussian, mean 0, standard deviation 1 (four summed bytes of one draw). */
  noise(): number
}

/** Standard deviation of the sum of four independent bytes: sqrt(4 * (256^2 - 1) / 12). */
const FOUR_BYTES_DEVIATION = Math.sqrt((4 * (256 ** 2 - 1)) / 12)
/** Spreads small seeds over all bits: 2^32 over the golden ratio, odd. */
const SPREAD = 0x9e3779b1
/** Draws thrown away until the seed's bits are mixed. */
const WARM_UP = 8

/** A 32-bit xorshift generator with the shifts 13, 17, 5 (G. Marsaglia, 2003). */
export const createRandom = (seed: number): Random => {
  let state = Math.imul(seed + 1, SPREAD) >>> 0 || SPREAD
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state
  }
  for (let i = 0; i < WARM_UP; i++) next()
  return {
    between: (from, to) => from + ((to - from) * next()) / 2 ** 32,
    noise: () => {
      const word = next()
      const sum = (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24)
      return (sum - 510) / FOUR_BYTES_DEVIATION
    },
  }
}
