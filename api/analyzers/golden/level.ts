import { GoldenError } from './errors.ts'
import type { Sections } from './format.ts'
import type { Aligned } from './frame.ts'
import type { LevelInfo } from './model.ts'
import { type Bank, deposit, distances, quantise } from './nearest.ts'
import { CHANNELS, type Features, featuresOf } from './network.ts'
import { gauss, largest, maxFilter, mean, median, type Plane, planeOf, type Raster } from './plane.ts'
import { fill } from './polygons.ts'
import { relative } from './score.ts'

/** Share of the usual difference that is allowed everywhere. */
const FLOOR = 0.5

/** One scale of a station. */
export interface FittedLevel {
  info: LevelInfo
  sections: Sections
  /** Maps of the goldens, each judged by the others, and of the perturbed ones. */
  goldens: Plane[]
  perturbed: Plane[]
}

/** Fills the bank of one scale, and lets the goldens and their perturbed copies be judged by it. */
export async function fitLevel(
  index: number,
  size: { width: number; height: number },
  aligned: readonly Aligned[],
  copies: readonly Aligned[],
  {
    region,
    ignored,
    reference,
  }: { region: readonly (readonly [number, number])[] | undefined; ignored: Uint8Array | null; reference: Raster },
): Promise<FittedLevel> {
  let first: Features | undefined
  let bank: Bank | undefined
  for (const [i, { raster }] of aligned.entries()) {
    const features: Features = await featuresOf(raster, size, first?.lengths)
    if (!first || !bank) {
      first = features
      const { width, height } = features
      const most = Math.max(largest(features.data), -Math.min(0, smallest(features.data)))
      // Room for goldens with larger values than the first; beyond, they are cut.
      const scale = 127 / (1.2 * most)
      bank = {
        width,
        height,
        goldens: aligned.length,
        scale,
        data: new Int8Array(width * height * CHANNELS * aligned.length),
      }
    }
    deposit(bank, i, quantise(features, bank.scale))
  }
  if (!first || !bank) throw new GoldenError('count', 'a station needs a golden photo')
  const { width, height } = bank
  const perturbed: Plane[] = []
  for (const { raster } of copies) {
    perturbed.push(distances(bank, quantise(await featuresOf(raster, size, first.lengths), bank.scale)))
  }
  const goldens = aligned.length > 1 ? aligned.map((_, i) => distances(bank, goldenOf(bank, i), i)) : []
  const allowance = allowanceOf(perturbed, goldens)
  const mask = maskOf({ width, height }, region, ignored, reference)
  const post = (distance: Plane): Plane => relative(distance, allowance, mask)
  const maps = { goldens: goldens.map(post), perturbed: perturbed.map(post) }
  const usual = mean((goldens.length > 0 ? maps.goldens : maps.perturbed).map(({ data }) => largest(data)))
  return {
    ...maps,
    info: { width, height, scale: bank.scale, lengths: first.lengths, usual },
    sections: {
      [`bank${index}`]: bank.data,
      [`allowance${index}`]: allowance,
      ...(mask ? { [`mask${index}`]: mask } : {}),
    },
  }
}

function goldenOf({ data, goldens, width, height }: Bank, golden: number): Int8Array {
  const out = new Int8Array(width * height * CHANNELS)
  for (let cell = 0; cell < width * height; cell++) {
    const start = (cell * goldens + golden) * CHANNELS
    out.set(data.subarray(start, start + CHANNELS), cell * CHANNELS)
  }
  return out
}

/** How much good parts differ at each cell, and next to it. */
function allowanceOf(perturbed: readonly Plane[], goldens: readonly Plane[]): Float32Array {
  const [{ width, height } = planeOf(0, 0)] = perturbed
  const usual = planeOf(width, height)
  for (const planes of [perturbed, goldens]) {
    for (let i = 0; i < usual.data.length && planes.length > 0; i++) {
      let sum = 0
      for (const { data } of planes) sum += data[i] ?? 0
      usual.data[i] = Math.max(usual.data[i] ?? 0, sum / planes.length)
    }
  }
  const wide = gauss(maxFilter(usual, 1), 1.5).data
  const floor = FLOOR * median(wide) + 1e-6
  return wide.map((value) => value + floor)
}

/** 1 where a cell is judged; null where all are. */
export function maskOf(
  cells: { width: number; height: number },
  region: readonly (readonly [number, number])[] | undefined,
  ignored: Uint8Array | null,
  { width, height }: Raster,
): Uint8Array | null {
  if (!region && !ignored) return null
  const mask = new Uint8Array(cells.width * cells.height)
  const share = [cells.width / width, cells.height / height] as const
  if (region) fill(mask, cells, region, share)
  else mask.fill(1)
  if (!ignored) return mask
  for (let y = 0; y < cells.height; y++) {
    for (let x = 0; x < cells.width; x++) {
      const pixel = Math.floor((y + 0.5) / share[1]) * width + Math.floor((x + 0.5) / share[0])
      if (ignored[pixel]) mask[y * cells.width + x] = 0
    }
  }
  return mask
}

function smallest(values: Float32Array): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < values.length; i++) if ((values[i] ?? 0) < least) least = values[i] ?? 0
  return least
}
