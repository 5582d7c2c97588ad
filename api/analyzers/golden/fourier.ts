/** Fourier transform of small planes, for phase correlation. */

export interface Spectrum {
  readonly width: number
  readonly height: number
  readonly re: Float32Array
  readonly im: Float32Array
}

export const powerOfTwo = (size: number): number => 2 ** Math.ceil(Math.log2(Math.max(2, size)))

/** In place, radix 2 (Cooley and Tukey, 1965); `width` and `height` are powers of two. Not scaled. */
export function transform(spectrum: Spectrum, inverse = false): Spectrum {
  const { width, height, re, im } = spectrum
  for (let y = 0; y < height; y++) line(re, im, y * width, 1, width, inverse)
  for (let x = 0; x < width; x++) line(re, im, x, width, height, inverse)
  return spectrum
}

function line(re: Float32Array, im: Float32Array, start: number, step: number, size: number, inverse: boolean): void {
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i >= j) continue
    const [a, b] = [start + i * step, start + j * step]
    const [r, m] = [re[a] ?? 0, im[a] ?? 0]
    re[a] = re[b] ?? 0
    im[a] = im[b] ?? 0
    re[b] = r
    im[b] = m
  }
  for (let half = 1; half < size; half *= 2) {
    const angle = ((inverse ? 1 : -1) * Math.PI) / half
    const [turnRe, turnIm] = [Math.cos(angle), Math.sin(angle)]
    let [wRe, wIm] = [1, 0]
    for (let k = 0; k < half; k++) {
      for (let i = k; i < size; i += 2 * half) {
        const a = start + i * step
        const b = a + half * step
        const r = (re[b] ?? 0) * wRe - (im[b] ?? 0) * wIm
        const m = (re[b] ?? 0) * wIm + (im[b] ?? 0) * wRe
        re[b] = (re[a] ?? 0) - r
        im[b] = (im[a] ?? 0) - m
        re[a] = (re[a] ?? 0) + r
        im[a] = (im[a] ?? 0) + m
      }
      const next = wRe * turnRe - wIm * turnIm
      wIm = wRe * turnIm + wIm * turnRe
      wRe = next
    }
  }
}
