import type { Mask } from './plane.ts'

export interface Corner {
  x: number
  y: number
}

const turn = (a: Corner, b: Corner, c: Corner): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)

/** Convex hull of the pixel centres inside the mask (Andrew's monotone chain), without collinear corners. */
export const convexHull = ({ width, height, data }: Mask): Corner[] => {
  // Only the first and the last pixel of a row can be corners.
  const points: Corner[] = []
  for (let y = 0; y < height; y++) {
    const first = data.indexOf(1, y * width)
    if (first < 0 || first >= (y + 1) * width) continue
    const last = data.lastIndexOf(1, (y + 1) * width - 1)
    points.push({ x: first - y * width, y })
    if (last !== first) points.push({ x: last - y * width, y })
  }
  const chain = (ordered: readonly Corner[]): Corner[] => {
    const hull: Corner[] = []
    for (const point of ordered) {
      for (;;) {
        const [a, b] = hull.slice(-2)
        if (!a || !b || turn(a, b, point) > 0) break
        hull.pop()
      }
      hull.push(point)
    }
    return hull
  }
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y)
  if (sorted.length < 3) return sorted
  return [...chain(sorted).slice(0, -1), ...chain(sorted.reverse()).slice(0, -1)]
}

/** Area of the polygon in pixels. */
export const polygonArea = (corners: readonly Corner[]): number => {
  const doubled = corners.reduce((sum, a, i) => {
    const b = corners[(i + 1) % corners.length] ?? a
    return sum + a.x * b.y - b.x * a.y
  }, 0)
  return Math.abs(doubled) / 2
}

/** Distance from a point inside a convex polygon to its outline; 0 on it and outside. */
export const depthInHull = (hull: readonly Corner[], point: Corner): number => {
  let depth = hull.length < 3 ? 0 : Infinity
  let a = hull.at(-1)
  for (const b of hull) {
    if (a) depth = Math.min(depth, turn(a, b, point) / Math.hypot(b.x - a.x, b.y - a.y))
    if (!(depth > 0)) return 0
    a = b
  }
  return depth
}
