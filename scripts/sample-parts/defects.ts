import type { Point } from './geometry.ts'
import { linePath } from './geometry.ts'
import type { Random } from './random.ts'

/** A defect as SVG, with the points that bound it, in the drawing's own units. */
export interface DefectDrawing {
  svg: string
  extent: Point[]
}

/** An uneven closed outline around a middle. */
const unevenOutline = (random: Random, [x, y]: Point, rx: number, ry: number, roughness: number): Point[] => {
  const corners = 18
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners
    const reach = 1 + random.between(-roughness, roughness)
    return [x + rx * reach * Math.cos(angle), y + ry * reach * Math.sin(angle)]
  })
}

/** Orange-brown stain with a darker core and smaller stains about it. */
export const drawRust = (random: Random, [x, y]: Point): DefectDrawing => {
  const radius = random.between(15, 26)
  const extent: Point[] = []
  const stain = (middle: Point, r: number, fill: string, opacity: number): string => {
    const outline = unevenOutline(random, middle, r * 1.15, r, 0.28)
    extent.push(...outline)
    return `<path d="${linePath(outline)}Z" fill="${fill}" opacity="${opacity}" filter="url(#soft)"/>`
  }
  const satellites = Array.from({ length: 5 }, () => {
    const angle = random.between(0, 2 * Math.PI)
    const reach = radius * random.between(1.05, 1.45)
    return stain([x + reach * Math.cos(angle), y + reach * Math.sin(angle)], random.between(3, 6), '#9a5426', 0.75)
  })
  return {
    svg: [
      stain([x, y], radius, '#b0682f', 0.72),
      ...satellites,
      stain([x + random.between(-3, 3), y + random.between(-3, 3)], radius * 0.66, '#8a4219', 0.8),
      stain([x + random.between(-4, 4), y + random.between(-4, 4)], radius * 0.34, '#5d2a12', 0.8),
    ].join(''),
    extent,
  }
}

/** Soft patch of layered colours, the outermost first: what heat, glue or a worn wheel leave on a surface. */
export const drawPatch = (
  random: Random,
  middle: Point,
  [rx, ry]: Point,
  layers: readonly (readonly [fill: string, opacity: number])[],
): DefectDrawing => {
  const drawn = layers.map(([fill, opacity], i) => {
    const share = 1 - i / layers.length
    const outline = unevenOutline(random, middle, rx * share, ry * share, 0.16)
    return { outline, svg: `<path d="${linePath(outline)}Z" fill="${fill}" opacity="${opacity}" filter="url(#soft)"/>` }
  })
  return { svg: drawn.map(({ svg }) => svg).join(''), extent: drawn[0]?.outline ?? [] }
}

/** Straw, brown and blue: the temper colours of steel that was too hot, or too long. */
export const drawTemperColours = (random: Random, middle: Point): DefectDrawing =>
  drawPatch(
    random,
    middle,
    [random.between(58, 84), random.between(26, 34)],
    [
      ['#c9b06a', 0.6],
      ['#8a6a86', 0.55],
      ['#4f6ea8', 0.6],
    ],
  )

/** Matt grey where the polish is missing. */
export const drawMattPatch = (random: Random, middle: Point): DefectDrawing =>
  drawPatch(
    random,
    middle,
    [random.between(44, 66), random.between(20, 28)],
    [
      ['#7d8084', 0.5],
      ['#6b6e72', 0.5],
    ],
  )

/** Thin bright furrow with a dark flank, across the lay. */
export const drawScratch = (random: Random, [x, y]: Point): DefectDrawing => {
  const half = random.between(48, 80)
  const angle = (random.between(0, 1) < 0.5 ? -1 : 1) * random.between(0.5, 0.95)
  const bow = random.between(-5, 5)
  const at = (along: number, across: number): Point => [
    x + along * Math.cos(angle) - across * Math.sin(angle),
    y + along * Math.sin(angle) + across * Math.cos(angle),
  ]
  const steps = Array.from({ length: 13 }, (_, i) => i / 6 - 1)
  // A spindle: widest in the middle, running out to nothing at both ends.
  const spindle = (offset: number, halfWidth: number): string => {
    const line = (side: number): Point[] =>
      steps.map((s) => at(s * half, bow * (1 - s * s) + offset + side * halfWidth * (1 - s ** 4)))
    return `${linePath([...line(1), ...line(-1).reverse()])}Z`
  }
  return {
    svg: `<path d="${spindle(1.9, 0.9)}" fill="#3a3c40" opacity="0.75"/><path d="${spindle(0, 1.3)}" fill="#ffffff"/>`,
    extent: steps.map((s) => at(s * half, bow * (1 - s * s))),
  }
}

/** Dark hollow with a bright lower lip. */
export const drawPit = (random: Random, [x, y]: Point): DefectDrawing => {
  const radius = random.between(7, 12)
  const outline = unevenOutline(random, [x, y], radius * 1.2, radius, 0.18)
  const core = unevenOutline(random, [x - 0.5, y - 0.8], radius * 0.8, radius * 0.66, 0.2)
  const lip = outline.map(([px, py]): Point => [px + 0.8, py + 2])
  return {
    svg: `<path d="${linePath(lip)}Z" fill="#fbfbf8" opacity="0.7"/><path d="${linePath(outline)}Z" fill="#46474a"/><path d="${linePath(core)}Z" fill="#1c1c1f"/>`,
    extent: outline,
  }
}

/** Jagged dark gap, lit along one side. */
export const drawCrack = (random: Random, [x, y]: Point): DefectDrawing => {
  const length = random.between(62, 84)
  const tilt = random.between(-0.35, 0.35)
  const steps = 9
  const line = Array.from({ length: steps + 1 }, (_, i): Point => {
    const along = (i / steps - 0.5) * length
    return [x + along * Math.sin(tilt) + random.between(-3.2, 3.2), y + along * Math.cos(tilt)]
  })
  const lit = line.map(([px, py]): Point => [px + 2.4, py + 0.6])
  return {
    svg: `<path d="${linePath(lit)}" fill="none" stroke="#b9b9bd" stroke-width="1.6" opacity="0.7"/><path d="${linePath(line)}" fill="none" stroke="#050506" stroke-width="3" stroke-linejoin="round"/>`,
    extent: line,
  }
}

/** Ragged bite out of an outline: `outline` runs along the edge, `inward` is the direction into the part. */
export const biteOutline = (
  random: Random,
  outline: readonly Point[],
  middle: number,
  inward: Point,
): { outline: Point[]; extent: Point[] } => {
  const halfWidth = random.between(11, 19)
  const depth = random.between(13, 20)
  const centre = outline[middle] ?? [0, 0]
  const extent: Point[] = []
  const bitten = outline.map((point): Point => {
    const along = Math.hypot(point[0] - centre[0], point[1] - centre[1]) / halfWidth
    if (along >= 1) return point
    const reach = depth * (1 - along ** 2) * random.between(0.82, 1.05)
    const moved: Point = [point[0] + inward[0] * reach, point[1] + inward[1] * reach]
    extent.push(point, moved)
    return moved
  })
  return { outline: bitten, extent }
}
