/** Converts a median absolute deviation to the standard deviation of a Gaussian. */
const GAUSSIAN_MAD = 1.4826

/**
 * From more than twice as many values, every n-th is used: fast, and medians stay accurate to about one per cent of the
 * spread.
 */
const SAMPLES = 10_000

const sample = (values: ArrayLike<number>): Float32Array => {
  const step = Math.max(1, Math.floor(values.length / SAMPLES))
  return Float32Array.from({ length: Math.ceil(values.length / step) }, (_, i) => values[i * step] ?? 0)
}

/** The lower median; NaN if empty. Uses a sample of very many values. */
export const median = (values: ArrayLike<number>): number => {
  const sorted = sample(values).sort()
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}

/** Median and spread, robust against a minority of outliers. Uses a sample of very many values. */
export const robustSpread = (values: ArrayLike<number>): { middle: number; deviation: number } => {
  const sampled = sample(values)
  const middle = median(sampled)
  return { middle, deviation: GAUSSIAN_MAD * median(sampled.map((v) => Math.abs(v - middle))) }
}

const BINS = 256

/**
 * Otsu's threshold between two classes (N. Otsu, 1979). `separability` is the share of the variance that lies between the
 * classes, 0..1.
 */
export const otsu = (values: Float32Array | readonly number[]): { threshold: number; separability: number } => {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  if (!(high > low)) return { threshold: low, separability: 0 }
  const histogram = new Float64Array(BINS)
  const step = (high - low) / BINS
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor((value - low) / step))
    histogram[bin] = (histogram[bin] ?? 0) + 1
  }
  const count = values.length
  let sum = 0
  let squares = 0
  histogram.forEach((n, bin) => {
    sum += n * bin
    squares += n * bin * bin
  })
  const total = squares / count - (sum / count) ** 2
  let below = 0
  let belowSum = 0
  let best = { bin: 0, between: 0 }
  histogram.forEach((n, bin) => {
    below += n
    belowSum += n * bin
    const above = count - below
    if (below === 0 || above === 0) return
    const between = ((below * above) / count ** 2) * (belowSum / below - (sum - belowSum) / above) ** 2
    if (between > best.between) best = { bin, between }
  })
  return { threshold: low + (best.bin + 1) * step, separability: total > 0 ? Math.min(1, best.between / total) : 0 }
}
