import { Largest, negated } from './extremes.ts'
import type { Reader, Sections } from './format.ts'
import { allowed, excess, interruption, type Lay, LEAST_COHERENCE, layOf } from './lay.ts'
import type { VariantInfo, VariantName } from './model.ts'
import { largest, type Plane, planeOf, resize } from './plane.ts'
import { beyond, brightness, LEAST_THRESHOLD, MOST_BETWEEN_GOLDENS } from './print.ts'
import { alarmsOf, thresholdOf } from './threshold.ts'

/** Fewer goldens do not tell how much good parts differ in these measures. */
const LEAST_GOLDENS = 5

/** What the variants need of the reference; made once for a frame. */
export interface VariantTarget {
  readonly lay: Lay
  readonly brightness: Plane
}

export const variantTargetOf = (reference: Plane): VariantTarget => ({
  lay: layOf(reference),
  brightness: brightness(reference),
})

export interface FittedVariants {
  infos: VariantInfo[]
  sections: Sections
}

/**
 * Two measures that see what the network does not: see lay.ts and print.ts. Each is used where the goldens, judging each other, show that
 * it suits the part: it calls none of them NG, and it finds what it is made for, a lay or sharp outlines. The lay alone makes a photo unsure
 * at most: on worn ball screws its peak was not on the pit in four of five photos that the network had passed.
 * @param post what is done to a variant's map on the grid, such as a mask
 */
export function fitVariants(
  grays: readonly Plane[],
  target: VariantTarget,
  grid: { width: number; height: number },
  post: (map: Plane) => void,
): FittedVariants {
  if (grays.length < LEAST_GOLDENS) return { infos: [], sections: {} }
  const out: FittedVariants = { infos: [], sections: {} }
  const peak = (plane: Plane): number => {
    const map = pooled(plane, grid)
    post(map)
    return largest(map.data)
  }
  if (target.lay.coherence >= LEAST_COHERENCE) {
    const energies = grays.map((gray) => interruption(target.lay, gray))
    const most = new Largest(energies[0]?.data.length ?? 0)
    for (const energy of energies) most.add(allowed(energy).data)
    const scores = energies.map((energy, i) => peak(excess(energy, most.without(i))))
    out.infos.push({
      name: 'lay',
      threshold: thresholdOf(scores),
      says: alarmsOf(scores).length === 0 ? 'unsure' : 'none',
    })
    out.sections.layMost = most.all()
  }
  const planes = grays.map((gray) => brightness(gray, target.brightness))
  const high = new Largest(planes[0]?.data.length ?? 0)
  const low = new Largest(planes[0]?.data.length ?? 0)
  for (const { data } of planes) {
    high.add(data)
    low.add(negated(data))
  }
  const scores: number[] = []
  for (const [i, plane] of planes.entries()) {
    scores.push(peak(beyond(plane, negated(low.without(i)), high.without(i))))
    if (Math.max(...scores) > MOST_BETWEEN_GOLDENS) return out
  }
  out.infos.push({ name: 'print', threshold: Math.max(LEAST_THRESHOLD, thresholdOf(scores)), says: 'ng' })
  out.sections.printLow = negated(low.all())
  out.sections.printHigh = high.all()
  return out
}

/** A variant's map on the frame's grid, in the unit of its threshold. */
export function variantMap(
  { name, threshold }: VariantInfo,
  reader: Reader,
  target: VariantTarget,
  gray: Plane,
  grid: { width: number; height: number },
): Plane {
  const measures: Record<VariantName, () => Plane> = {
    lay: () => excess(interruption(target.lay, gray), reader.float32('layMost')),
    print: () => beyond(brightness(gray, target.brightness), reader.float32('printLow'), reader.float32('printHigh')),
  }
  const map = pooled(measures[name](), grid)
  for (let i = 0; i < map.data.length; i++) map.data[i] = (map.data[i] ?? 0) / threshold
  return map
}

/** Lowers the map of a measure that alone does not make a photo NG until its peak does not either. */
export function tempered({ says }: VariantInfo, map: Plane): Plane {
  const peak = largest(map.data)
  if (says !== 'ng' && peak > 1) for (let i = 0; i < map.data.length; i++) map.data[i] = (map.data[i] ?? 0) / peak
  return map
}

/** The largest value in each cell: a small peak must not be averaged away. */
function pooled(plane: Plane, grid: { width: number; height: number }): Plane {
  const out = planeOf(grid.width, grid.height)
  if (plane.width < grid.width) return resize(plane, grid.width, grid.height)
  for (let y = 0, i = 0; y < plane.height; y++) {
    const row = Math.min(grid.height - 1, Math.floor((y * grid.height) / plane.height)) * grid.width
    for (let x = 0; x < plane.width; x++, i++) {
      const cell = row + Math.min(grid.width - 1, Math.floor((x * grid.width) / plane.width))
      if ((plane.data[i] ?? 0) > (out.data[cell] ?? 0)) out.data[cell] = plane.data[i] ?? 0
    }
  }
  return out
}
