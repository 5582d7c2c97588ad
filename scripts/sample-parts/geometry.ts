import type { BoundingBox } from '../../api/analyzer/analyzer.ts'

export type Point = readonly [x: number, y: number]

/** Places a drawing of nominal size 1200 x 800 in the picture: turned about its middle, moved and scaled alike in x and y. */
export interface Placement {
  /** SVG transform attribute. */
  readonly transform: string
  toPicture(point: Point): Point
  toDrawing(point: Point): Point
}

export const NOMINAL = { width: 1200, height: 800 } as const

export const createPlacement = (width: number, height: number, degrees: number, shift: Point): Placement => {
  const scale = Math.min(width / NOMINAL.width, height / NOMINAL.height)
  const angle = (degrees * Math.PI) / 180
  const cos = Math.cos(angle) * scale
  const sin = Math.sin(angle) * scale
  const left = width / 2 + shift[0] * scale
  const top = height / 2 + shift[1] * scale
  const middle: Point = [NOMINAL.width / 2, NOMINAL.height / 2]
  const e = left - cos * middle[0] + sin * middle[1]
  const f = top - sin * middle[0] - cos * middle[1]
  return {
    transform: `matrix(${cos} ${sin} ${-sin} ${cos} ${e} ${f})`,
    toPicture: ([x, y]) => [cos * x - sin * y + e, sin * x + cos * y + f],
    toDrawing: ([x, y]) => {
      const dx = (x - e) / (scale * scale)
      const dy = (y - f) / (scale * scale)
      return [cos * dx + sin * dy, cos * dy - sin * dx]
    },
  }
}

/** Points of a cubic Bezier curve, both ends included. */
export const bezier = (p: readonly [Point, Point, Point, Point], steps: number): Point[] =>
  Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps
    const s = 1 - t
    const at = (axis: 0 | 1): number =>
      s ** 3 * p[0][axis] + 3 * s * s * t * p[1][axis] + 3 * s * t * t * p[2][axis] + t ** 3 * p[3][axis]
    return [at(0), at(1)]
  })

/** SVG path data of straight lines through the points. */
export const linePath = (points: readonly Point[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join('')

/** The smallest box of whole pixels around points of the picture, within it. */
export const boxAround = (points: readonly Point[], width: number, height: number): BoundingBox => {
  const clampX = (x: number): number => Math.min(width, Math.max(0, x))
  const clampY = (y: number): number => Math.min(height, Math.max(0, y))
  const x = clampX(Math.floor(Math.min(...points.map((p) => p[0]))))
  const y = clampY(Math.floor(Math.min(...points.map((p) => p[1]))))
  return {
    x,
    y,
    width: clampX(Math.ceil(Math.max(...points.map((p) => p[0])))) - x,
    height: clampY(Math.ceil(Math.max(...points.map((p) => p[1])))) - y,
  }
}
