import type { AffectedArea } from '../../domain/vocabulary.ts'
import { fillHoles } from './vision/components.ts'
import { squaredDistance } from './vision/morphology.ts'
import type { SceneObject } from './vision/object.ts'
import { countInside, type Mask, mapMask, type Plane } from './vision/plane.ts'
import { median } from './vision/statistics.ts'

/** A part of the picture with a surface even enough to search for spots and lines. */
export interface Region {
  area: Extract<AffectedArea, 'blade' | 'handle' | 'overall'>
  mask: Mask
}

/** Slices along the object for comparing brightness. */
const SLICES = 64
/** Minimum number of slices of a blade or a handle. */
const MIN_SLICES = 8
/** Grey levels between blade and handle, and share of the variance between them. Drawn knives exceed 100 and 0.95. */
const MIN_DIFFERENCE = 35
const MIN_SEPARABILITY = 0.8
/** Margin on both sides of the joint, as a share of the object's length: bolster and fillet have lines of their own. */
const JOINT = 0.02

/** A handle has no bevel, so it gets this share of the margin. */
const HANDLE_MARGIN = 0.6

/**
 * Ratio of the spread along to that across above which an object is long, like a knife. Broken cookies stay under 1.6.
 */
const LONG = 2.5

export const isLong = ({ axes }: SceneObject): boolean => axes.along > LONG * axes.across

/**
 * The object's surface without a margin (in pixels) along its outline. A long object is split into the brighter blade
 * and the darker handle if their brightness differs.
 */
export const splitObject = (luma: Plane, object: SceneObject, margin: number): Region[] => {
  const depth = squaredDistance(fillHoles(object.mask), 0)
  const deeper = (reach: number): Mask => mapMask(luma.width, luma.height, (i) => (depth.data[i] ?? 0) > reach ** 2)
  const inner = deeper(margin)
  const whole: Region[] = countInside(inner) > 0 ? [{ area: 'overall', mask: inner }] : []
  if (!isLong(object)) return whole
  const { width, height } = inner
  const { x: mx, y: my, ux, uy } = object.axes
  const along = (i: number): number => ((i % width) - mx) * ux + (Math.floor(i / width) - my) * uy
  let [from, to] = [Infinity, -Infinity]
  inner.data.forEach((inside, i) => {
    if (inside === 0) return
    from = Math.min(from, along(i))
    to = Math.max(to, along(i))
  })
  const length = to - from
  const slices = Array.from({ length: SLICES }, (): number[] => [])
  inner.data.forEach((inside, i) => {
    if (inside === 1)
      slices[Math.min(SLICES - 1, Math.floor(((along(i) - from) / length) * SLICES))]?.push(luma.data[i] ?? 0)
  })
  const profile = slices.filter((slice) => slice.length > 0).map(median)
  if (profile.length < SLICES) return whole
  const split = bestSplit(profile)
  if (!split || Math.abs(split.difference) < MIN_DIFFERENCE || split.separability < MIN_SEPARABILITY) return whole
  const joint = from + (split.at / SLICES) * length
  const side = (sign: 1 | -1, from: Mask): Mask =>
    mapMask(width, height, (i) => from.data[i] === 1 && sign * (along(i) - joint) > JOINT * length)
  const bladeSide = split.difference > 0 ? -1 : 1
  return [
    { area: 'blade', mask: side(bladeSide, inner) },
    { area: 'handle', mask: side(bladeSide === 1 ? -1 : 1, deeper(HANDLE_MARGIN * margin)) },
  ]
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The best place to split a profile in two. `difference` is the mean before it minus the mean after it. */
const bestSplit = (profile: readonly number[]): { at: number; difference: number; separability: number } | null => {
  const middle = mean(profile)
  const variance = mean(profile.map((value) => (value - middle) ** 2))
  if (variance === 0) return null
  let best = { at: 0, difference: 0, separability: 0 }
  for (let at = MIN_SLICES; at <= profile.length - MIN_SLICES; at++) {
    const difference = mean(profile.slice(0, at)) - mean(profile.slice(at))
    const share = at / profile.length
    const separability = (share * (1 - share) * difference ** 2) / variance
    if (separability > best.separability) best = { at, difference, separability }
  }
  return best
}
