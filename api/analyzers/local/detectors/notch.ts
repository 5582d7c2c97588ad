import type { BoundingBox } from '../../../domain/box.ts'
import type { Detection, Detector } from '../detector.ts'
import { NOTHING_TO_LOOK_AT } from '../detector.ts'
import type { Region } from '../regions.ts'
import { type Component, fillHoles, findComponents, touchesFrame } from '../vision/components.ts'
import { close } from '../vision/morphology.ts'
import { type Mask, mapMask } from '../vision/plane.ts'

/** Shares of the object's length (four standard deviations along it). For a knife of 330 mm, 0.006 is 2 mm. */
const THRESHOLD = 0.006
const CLOSING = 0.026
/** Shallower notches cannot be told from the outline's own pixels. */
const MIN_DEPTH_PIXELS = 4
/** Ratio of depth to width below which a hollow is an uneven edge and not a chip. */
const SHALLOW = 0.25
/**
 * Where the outline beside the notch must continue straight, and the tolerance across it, as shares of the notch's
 * width.
 */
const BESIDE = [0.4, 1]
const TOLERANCE = 0.12

interface Notch {
  box: BoundingBox
  depth: number
  width: number
  x: number
  y: number
}

/**
 * Measures what closing filled in. Null if it is not a notch but the inner corner of a larger shape (heel, bolster,
 * finger grip).
 */
const measureNotch = (filling: Component, object: Mask, closed: Mask): Notch | null => {
  const { width } = object
  const isGround = (i: number): boolean => closed.data[i] === 0
  const mouth = filling.pixels.filter(
    (i) => isGround(i - 1) || isGround(i + 1) || isGround(i - width) || isGround(i + width),
  )
  const at = (i: number): [number, number] => [i % width, Math.floor(i / width)]
  const farthest = (from: number): number => {
    const [fx, fy] = at(from)
    let best = from
    let reach = -1
    for (const i of mouth) {
      const [x, y] = at(i)
      const distance = (x - fx) ** 2 + (y - fy) ** 2
      if (distance > reach) [best, reach] = [i, distance]
    }
    return best
  }
  const [start] = mouth
  if (start === undefined) return null
  const first = farthest(start)
  const [ax, ay] = at(first)
  const [bx, by] = at(farthest(first))
  const span = Math.hypot(bx - ax, by - ay)
  if (span < 2) return null
  const [ux, uy] = [(bx - ax) / span, (by - ay) / span]
  const signed = filling.pixels.map((i) => {
    const [x, y] = at(i)
    return uy * (ax - x) - ux * (ay - y)
  })
  const deepest = signed.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0)
  const inward = Math.sign(deepest)
  // Beside a notch the outline continues along the mouth: part on the inner side of that line, background on the outer.
  const across = TOLERANCE * span + 3
  const isPart = (x: number, y: number, side: number): boolean => {
    const px = Math.round(x - uy * side * inward * across)
    const py = Math.round(y + ux * side * inward * across)
    return px >= 0 && px < width && py >= 0 && py < object.height && object.data[py * width + px] === 1
  }
  const goesOn = BESIDE.every((share) => {
    const reach = share * span + 3
    const ends = [
      [ax - ux * reach, ay - uy * reach],
      [bx + ux * reach, by + uy * reach],
    ] as const
    return ends.every(([x, y]) => isPart(x, y, 1) && !isPart(x, y, -1))
  })
  if (!goesOn) return null
  return { box: filling.box, depth: Math.abs(deepest), width: span, x: (ax + bx) / 2, y: (ay + by) / 2 }
}

const isNear = (notch: Notch, regions: readonly Region[], length: number): Region['area'] => {
  const window = 2 * CLOSING * length
  const count = ({ mask }: Region): number => {
    let inside = 0
    for (let y = Math.max(0, Math.floor(notch.y - window)); y < Math.min(mask.height, notch.y + window); y++) {
      for (let x = Math.max(0, Math.floor(notch.x - window)); x < Math.min(mask.width, notch.x + window); x++) {
        inside += mask.data[y * mask.width + x] ?? 0
      }
    }
    return inside
  }
  return regions.reduce<{ area: Region['area']; inside: number }>(
    (best, region) => (count(region) > best.inside ? { area: region.area, inside: count(region) } : best),
    { area: 'overall', inside: 0 },
  ).area
}

/**
 * Bites out of the outline of a metal part on a plain background: narrow hollows that closing with a disc fills, beside
 * which the outline continues straight. Deep ones are blade_chip, shallow ones edge_irregularity; on a handle,
 * dimensional_error. Without a scale, a chip over 1 mm (critical) cannot be recognised, so chips are major, which
 * cannot ship either.
 */
export const detectNotches: Detector = ({ object, regions }) => {
  if (!object?.neutral) return NOTHING_TO_LOOK_AT
  const length = 4 * object.axes.along
  const filled = fillHoles(object.mask)
  const closed = close(filled, CLOSING * length)
  const { width, height } = filled
  const threshold = Math.max(THRESHOLD, MIN_DEPTH_PIXELS / length)
  const notches = findComponents(mapMask(width, height, (i) => closed.data[i] === 1 && filled.data[i] === 0))
    .filter((filling) => !touchesFrame(filling, width, height))
    .map((filling) => measureNotch(filling, filled, closed))
    .filter((notch) => notch !== null)
  return {
    detections: notches
      .filter(({ depth }) => depth > threshold * length)
      .map((notch): Detection => {
        const onHandle = isNear(notch, regions, length) === 'handle'
        const isShallow = notch.depth < SHALLOW * notch.width
        const type = isShallow ? 'edge_irregularity' : 'blade_chip'
        return {
          detector: 'notch',
          defect_type: onHandle ? 'dimensional_error' : type,
          severity: isShallow ? 'minor' : 'major',
          affected_area: onHandle ? 'handle' : 'edge',
          box: notch.box,
          score: notch.depth / length,
          threshold,
        }
      }),
    strongest: Math.max(0, ...notches.map(({ depth }) => depth)) / (threshold * length),
  }
}
