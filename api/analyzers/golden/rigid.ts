import type { Plane, Raster } from './plane.ts'

/** Leads from a pixel of the reference to the photo's: turned about the middle of the picture, then moved. Pixels and radians. */
export interface Rigid {
  readonly dx: number
  readonly dy: number
  readonly turn: number
}

export const STILL: Rigid = { dx: 0, dy: 0, turn: 0 }

export const scaled = ({ dx, dy, turn }: Rigid, by: number): Rigid => ({ dx: dx * by, dy: dy * by, turn })

/** First `inner`, then `outer`. */
export function composed(outer: Rigid, inner: Rigid): Rigid {
  const [cos, sin] = [Math.cos(outer.turn), Math.sin(outer.turn)]
  return {
    dx: cos * inner.dx - sin * inner.dy + outer.dx,
    dy: sin * inner.dx + cos * inner.dy + outer.dy,
    turn: outer.turn + inner.turn,
  }
}

/** x and y of the photo for pixel (0, 0) of the reference, and what one pixel to the right adds; one down adds the same, turned. */
export function steps({ dx, dy, turn }: Rigid, width: number, height: number) {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2]
  return {
    x: middleX + dx - cos * middleX + sin * middleY,
    y: middleY + dy - sin * middleX - cos * middleY,
    cos,
    sin,
  }
}

/** The photo as the reference sees it, bilinear; pixels at the frame are repeated. */
export function warp({ width, height, data }: Plane, rigid: Rigid): Plane {
  const out = new Float32Array(data.length)
  const from = steps(rigid, width, height)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const u = Math.min(width - 1.001, Math.max(0, from.x + from.cos * x - from.sin * y))
      const v = Math.min(height - 1.001, Math.max(0, from.y + from.sin * x + from.cos * y))
      const left = u | 0
      const top = v | 0
      const p = top * width + left
      const right = u - left
      const upper = (data[p] ?? 0) + right * ((data[p + 1] ?? 0) - (data[p] ?? 0))
      const lower = (data[p + width] ?? 0) + right * ((data[p + width + 1] ?? 0) - (data[p + width] ?? 0))
      out[i] = upper + (v - top) * (lower - upper)
    }
  }
  return { width, height, data: out }
}

export function warpRaster({ width, height, channels, pixels }: Raster, rigid: Rigid): Raster {
  const out = new Uint8Array(width * height * 3)
  const from = steps(rigid, width, height)
  const stride = width * channels
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      const u = Math.min(width - 1.001, Math.max(0, from.x + from.cos * x - from.sin * y))
      const v = Math.min(height - 1.001, Math.max(0, from.y + from.sin * x + from.cos * y))
      const left = u | 0
      const top = v | 0
      const [right, down] = [u - left, v - top]
      const p = top * stride + left * channels
      for (let c = 0; c < 3; c++) {
        const q = p + c
        const upper = (pixels[q] ?? 0) + right * ((pixels[q + channels] ?? 0) - (pixels[q] ?? 0))
        const r = q + stride
        const lower = (pixels[r] ?? 0) + right * ((pixels[r + channels] ?? 0) - (pixels[r] ?? 0))
        out[i + c] = upper + down * (lower - upper) + 0.5
      }
    }
  }
  return { width, height, channels: 3, pixels: out }
}

/** Pixels of the reference that the photo does not show, and those at most `reach` from them; null where it shows all. */
export function unseen(width: number, height: number, rigid: Rigid, reach: number): Uint8Array | null {
  const from = steps(rigid, width, height)
  const isOutside = (x: number, y: number): boolean => {
    const u = from.x + from.cos * x - from.sin * y
    const v = from.y + from.sin * x + from.cos * y
    return u < -0.5 || v < -0.5 || u >= width - 0.5 || v >= height - 0.5
  }
  const corners = [0, width - 1].some((x) => isOutside(x, 0) || isOutside(x, height - 1))
  if (!corners) return null
  const out = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isOutside(x, y)) continue
      out[y * width + x] = 1
    }
  }
  return grown(out, width, height, reach)
}

/** Marks all pixels in the squares around marked ones. */
export function grown(marks: Uint8Array, width: number, height: number, reach: number): Uint8Array {
  const grow = (from: Uint8Array, step: number, stride: number, count: number, lines: number): Uint8Array => {
    const to = new Uint8Array(from.length)
    for (let line = 0; line < lines; line++) {
      let last = -reach - 1
      const start = line * stride
      for (let i = 0; i < count + reach; i++) {
        if (i < count && from[start + i * step]) last = i
        const at = i - reach
        if (at >= 0 && at < count && last >= at - reach) to[start + at * step] = 1
      }
    }
    return to
  }
  return grow(grow(marks, 1, width, width, height), width, 1, height, width)
}

export function inverse({ dx, dy, turn }: Rigid): Rigid {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  return { dx: -(cos * dx + sin * dy), dy: sin * dx - cos * dy, turn: -turn }
}
