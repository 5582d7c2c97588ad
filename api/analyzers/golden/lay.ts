import { boxMean, gauss, gradients, maxFilter, type Plane, planeOf, resize } from './plane.ts'

/*
 * Machined metal has a lay: lines of the tool, all in one direction. Wear and soil follow it, pits and scratches interrupt it. What is
 * measured is the energy of brightness changes along the lay, against the most that the goldens have there.
 */

/** Long side at which the lay is looked at, pixels; the sizes below are pixels of it. */
const EDGE = 1130
const DIRECTION_WINDOW = 49
const WINDOW = 21
/** What alignment leaves, and the reach of a window. */
const TOLERANCE = 6
const BORDER = 14
/** Energy that is added, so that a smooth place does not make noise count. */
const FLOOR = 0.3
/** Mean agreement in direction, 0 to 1, from which a part has a lay. */
export const LEAST_COHERENCE = 0.65

export interface Lay {
  readonly width: number
  readonly height: number
  /** Direction of the lay at each pixel. */
  readonly alongX: Float32Array
  readonly alongY: Float32Array
  /** Mean over the picture. */
  readonly coherence: number
}

export const laySize = ({ width, height }: { width: number; height: number }): [number, number] => {
  const share = Math.min(1, EDGE / Math.max(width, height))
  return [Math.round(width * share), Math.round(height * share)]
}

/** The direction by the structure tensor, of the reference alone: it belongs to the part. */
export function layOf(reference: Plane): Lay {
  const gray = gauss(resize(reference, ...laySize(reference)), 1)
  const { width, height } = gray
  const { dx, dy } = gradients(gray)
  const product = (a: Float32Array, b: Float32Array): Float32Array => {
    const plane = planeOf(
      width,
      height,
      a.map((value, i) => value * (b[i] ?? 0)),
    )
    // Three box means are close to a Gaussian, at a cost that does not depend on its width.
    return boxMean(boxMean(boxMean(plane, DIRECTION_WINDOW), DIRECTION_WINDOW), DIRECTION_WINDOW).data
  }
  const [xx, yy, xy] = [product(dx, dx), product(dy, dy), product(dx, dy)]
  const alongX = new Float32Array(xx.length)
  const alongY = new Float32Array(xx.length)
  let coherence = 0
  for (let i = 0; i < xx.length; i++) {
    const [a, b, c] = [xx[i] ?? 0, yy[i] ?? 0, xy[i] ?? 0]
    const across = Math.atan2(2 * c, a - b) / 2
    alongX[i] = -Math.sin(across)
    alongY[i] = Math.cos(across)
    coherence += Math.sqrt((a - b) ** 2 + 4 * c * c) / (a + b + 1e-6) / xx.length
  }
  return { width, height, alongX, alongY, coherence }
}

/** How much the lay is interrupted, around each pixel. The logarithm makes the light's level drop out. */
export function interruption(lay: Lay, photo: Plane): Plane {
  const { data, width, height } = resize(photo, lay.width, lay.height)
  const light = gauss(
    planeOf(
      width,
      height,
      data.map((value) => 100 * Math.log(value + 20)),
    ),
    1,
  )
  const { dx, dy } = gradients(light)
  for (let i = 0; i < dx.length; i++) {
    dx[i] = ((dx[i] ?? 0) * (lay.alongX[i] ?? 0) + (dy[i] ?? 0) * (lay.alongY[i] ?? 0)) ** 2
  }
  const energy = boxMean(planeOf(width, height, dx), WINDOW)
  for (let i = 0; i < energy.data.length; i++) energy.data[i] = Math.sqrt(Math.max(0, energy.data[i] ?? 0))
  return energy
}

/** The most that a golden has within the tolerance. */
export const allowed = (energy: Plane): Plane => maxFilter(energy, TOLERANCE)

/** Energy in the unit of what is allowed; nothing along the frame. */
export function excess({ width, height, data }: Plane, most: Float32Array): Plane {
  const out = planeOf(width, height)
  for (let y = BORDER; y < height - BORDER; y++) {
    for (let i = y * width + BORDER; i < (y + 1) * width - BORDER; i++)
      out.data[i] = (data[i] ?? 0) / ((most[i] ?? 0) + FLOOR)
  }
  return out
}
