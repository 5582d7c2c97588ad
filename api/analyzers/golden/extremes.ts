/** The largest value of each pixel over several planes, with or without one of them. */
export class Largest {
  readonly #best: Float32Array
  readonly #second: Float32Array
  readonly #holder: Uint8Array
  #count = 0

  constructor(pixels: number) {
    this.#best = new Float32Array(pixels).fill(Number.NEGATIVE_INFINITY)
    this.#second = new Float32Array(pixels).fill(Number.NEGATIVE_INFINITY)
    this.#holder = new Uint8Array(pixels)
  }

  add(data: Float32Array): void {
    for (let i = 0; i < data.length; i++) {
      const value = data[i] ?? 0
      if (value > (this.#best[i] ?? 0)) {
        this.#second[i] = this.#best[i] ?? 0
        this.#best[i] = value
        this.#holder[i] = this.#count
      } else if (value > (this.#second[i] ?? 0)) {
        this.#second[i] = value
      }
    }
    this.#count++
  }

  all(): Float32Array {
    return this.#best
  }

  /** @param index of the plane that is left out, in the order of adding */
  without(index: number): Float32Array {
    return this.#best.map((value, i) => (this.#holder[i] === index ? (this.#second[i] ?? 0) : value))
  }
}

export const negated = (data: Float32Array): Float32Array => data.map((value) => -value)
