import { CHANNELS, type Features } from './network.ts'
import { type Plane, planeOf } from './plane.ts'

/** Cells around a cell in which a golden may show the same: what alignment leaves. */
const REACH = 1
/** Channels after which a candidate that is already too far is left. */
const CHUNK = 38

/** Descriptors as whole numbers of `1 / scale`: a quarter of the memory, and the same verdicts. */
export function quantise({ data }: Features, scale: number, to = new Int8Array(data.length)): Int8Array {
  for (let i = 0; i < data.length; i++) to[i] = Math.min(127, Math.max(-127, Math.round((data[i] ?? 0) * scale)))
  return to
}

/** Descriptors of all goldens of a station, those of one cell side by side. */
export interface Bank {
  /** Cells. */
  readonly width: number
  readonly height: number
  readonly goldens: number
  readonly scale: number
  readonly data: Int8Array
}

export function deposit(bank: Bank, golden: number, descriptors: Int8Array): void {
  for (let cell = 0; cell < bank.width * bank.height; cell++) {
    const row = descriptors.subarray(cell * CHANNELS, (cell + 1) * CHANNELS)
    bank.data.set(row, (cell * bank.goldens + golden) * CHANNELS)
  }
}

/**
 * How far each cell of a photo is from the nearest golden there, or next to it.
 * @param skip a golden that is not asked: the photo itself, when goldens judge each other
 */
export function distances(bank: Bank, photo: Int8Array, skip = -1): Plane {
  const { width, height, goldens, data } = bank
  const out = planeOf(width, height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x
      const from = cell * CHANNELS
      // The same cell first: it is mostly the nearest, and the others are then soon too far.
      let best = nearestOf(photo, from, data, cell, goldens, skip, 0x7fffffff)
      for (let v = Math.max(0, y - REACH); v <= Math.min(height - 1, y + REACH); v++) {
        for (let u = Math.max(0, x - REACH); u <= Math.min(width - 1, x + REACH); u++) {
          const other = v * width + u
          if (other !== cell) best = nearestOf(photo, from, data, other, goldens, skip, best)
        }
      }
      out.data[cell] = Math.sqrt(best) / bank.scale
    }
  }
  return out
}

function nearestOf(
  photo: Int8Array,
  from: number,
  bank: Int8Array,
  cell: number,
  goldens: number,
  skip: number,
  limit: number,
): number {
  let best = limit
  for (let golden = 0; golden < goldens; golden++) {
    if (golden === skip) continue
    let sum = 0
    let a = from
    let b = (cell * goldens + golden) * CHANNELS
    for (let left = CHANNELS; left > 0 && sum < best; left -= CHUNK) {
      for (const end = a + CHUNK; a < end; a += 2, b += 2) {
        const d = (photo[a] ?? 0) - (bank[b] ?? 0)
        const e = (photo[a + 1] ?? 0) - (bank[b + 1] ?? 0)
        sum = (sum + Math.imul(d, d) + Math.imul(e, e)) | 0
      }
    }
    if (sum < best) best = sum
  }
  return best
}
