import type { BoundingBox } from '../../../domain/box.ts'
import type { Mask } from './plane.ts'

/** A connected component of a mask. */
export interface Component {
  box: BoundingBox
  /** Indices of its pixels. */
  pixels: number[]
}

/** Components of the mask, 8-connected, in the order of their first pixel. */
export const findComponents = ({ width, height, data }: Mask): Component[] => {
  const seen = new Uint8Array(data.length)
  const found: Component[] = []
  for (let start = 0; start < data.length; start++) {
    if (data[start] !== 1 || seen[start] === 1) continue
    const pixels = [start]
    seen[start] = 1
    let [left, right, top, bottom] = [width, 0, height, 0]
    // The list of pixels doubles as the queue.
    for (let next = 0; next < pixels.length; next++) {
      const pixel = pixels[next] ?? 0
      const x = pixel % width
      const y = (pixel - x) / width
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const neighbour = ny * width + nx
          if (data[neighbour] === 1 && seen[neighbour] === 0) {
            seen[neighbour] = 1
            pixels.push(neighbour)
          }
        }
      }
    }
    found.push({ box: { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }, pixels })
  }
  return found
}

export const touchesFrame = ({ box }: Component, width: number, height: number): boolean =>
  box.x === 0 || box.y === 0 || box.x + box.width === width || box.y + box.height === height

/** Fills every hole of the mask that is not connected to the frame (4-connected). */
export const fillHoles = ({ width, height, data }: Mask): Mask => {
  const outside = new Uint8Array(data.length)
  const queue: number[] = []
  const reach = (i: number): void => {
    if (data[i] === 0 && outside[i] === 0) {
      outside[i] = 1
      queue.push(i)
    }
  }
  for (let x = 0; x < width; x++) {
    reach(x)
    reach((height - 1) * width + x)
  }
  for (let y = 0; y < height; y++) {
    reach(y * width)
    reach(y * width + width - 1)
  }
  for (let next = 0; next < queue.length; next++) {
    const pixel = queue[next] ?? 0
    const x = pixel % width
    if (x > 0) reach(pixel - 1)
    if (x < width - 1) reach(pixel + 1)
    if (pixel >= width) reach(pixel - width)
    if (pixel < data.length - width) reach(pixel + width)
  }
  return { width, height, data: outside.map((out) => 1 - out) }
}

/** Centre, main direction and standard deviations of a component along and across it (principal axes). */
export interface Axes {
  x: number
  y: number
  /** Unit vector along the component. */
  ux: number
  uy: number
  along: number
  across: number
}

export const principalAxes = (pixels: readonly number[], width: number): Axes => {
  let [sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0]
  for (const pixel of pixels) {
    const x = pixel % width
    const y = (pixel - x) / width
    sx += x
    sy += y
    sxx += x * x
    sxy += x * y
    syy += y * y
  }
  const n = pixels.length
  const [mx, my] = [sx / n, sy / n]
  const [cxx, cxy, cyy] = [sxx / n - mx * mx, sxy / n - mx * my, syy / n - my * my]
  const angle = 0.5 * Math.atan2(2 * cxy, cxx - cyy)
  const spread = Math.hypot((cxx - cyy) / 2, cxy)
  const centre = (cxx + cyy) / 2
  return {
    x: mx,
    y: my,
    ux: Math.cos(angle),
    uy: Math.sin(angle),
    along: Math.sqrt(Math.max(0, centre + spread)),
    across: Math.sqrt(Math.max(0, centre - spread)),
  }
}
