import type { Plane } from './plane.ts'

/** Cell of the map that boxes are cut from, pixels of the photo. */
export const MAP_CELL = 8
/** Shares of the threshold: what is boxed at all, and how far a box reaches down from its peak. */
export const UNSURE = 0.85
const LOW = 0.8
const LOW_OF_PEAK = 0.85
/** The descriptors see beyond their cell: boxes shrink by so many pixels on each side, but not below this. */
const SHRINK = 8
const LEAST_SIDE = 16
export const MOST = 5

/** Pixels; x and y are the upper left corner. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Peak extends Box {
  /** Highest value within, as a share of the threshold. */
  readonly peak: number
}

/** The places where the map, in the unit of the threshold, is highest; the worst first. */
export function peaksOf(map: Plane): Peak[] {
  const left = Float32Array.from(map.data)
  const found: Peak[] = []
  for (let round = 0; round < MOST; round++) {
    let at = 0
    for (let i = 1; i < left.length; i++) if ((left[i] ?? 0) > (left[at] ?? 0)) at = i
    const value = left[at] ?? 0
    if (value <= UNSURE) break
    const part = component(map, at, Math.max(LOW, LOW_OF_PEAK * value))
    for (const i of part.cells) left[i] = 0
    const box = shrunk(part)
    // A lower ring around a place that is boxed already says nothing new.
    if (!found.some((other) => overlaps(box, other))) found.push({ ...box, peak: value })
  }
  return found
}

interface Component {
  cells: number[]
  left: number
  top: number
  right: number
  bottom: number
}

/** The 8-connected cells around `at` with more than `low`. */
function component({ width, height, data }: Plane, at: number, low: number): Component {
  const seen = new Set([at])
  const cells = [at]
  const out: Component = { cells, left: width, top: height, right: 0, bottom: 0 }
  for (let next = 0; next < cells.length; next++) {
    const cell = cells[next] ?? 0
    const [x, y] = [cell % width, Math.floor(cell / width)]
    out.left = Math.min(out.left, x)
    out.top = Math.min(out.top, y)
    out.right = Math.max(out.right, x + 1)
    out.bottom = Math.max(out.bottom, y + 1)
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        const other = v * width + u
        if ((data[other] ?? 0) <= low || seen.has(other)) continue
        seen.add(other)
        cells.push(other)
      }
    }
  }
  return out
}

function shrunk({ left, top, right, bottom }: Component): Box {
  const side = (start: number, end: number): { at: number; size: number } => {
    const size = Math.max(LEAST_SIDE, (end - start) * MAP_CELL - 2 * SHRINK)
    return { at: ((start + end) * MAP_CELL - size) / 2, size }
  }
  const [across, down] = [side(left, right), side(top, bottom)]
  return { x: across.at, y: down.at, width: across.size, height: down.size }
}

export const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
