import { NOMINAL, type Placement } from './geometry.ts'
import type { Random } from './random.ts'

/** Grey levels. */
const LAY_AMPLITUDE = 5
const SENSOR_NOISE = 1.6
/** Share of light lost at the corner of the frame that is farthest from the lamp. */
const LIGHT_FALLOFF = 0.24
/** How much of a streak is left after one pixel along the lay: a mean length of 1 / (1 - keep). */
const STREAK_KEEP = 0.985
/** Room around the nominal drawing, so that a turned or wider frame still finds its lay. */
const MARGIN = 400

/** Streaks along x, mean 0, deviation 1: white noise run through a first-order low pass along each row. */
const streaks = (random: Random, width: number, height: number): Float32Array => {
  const field = new Float32Array(width * height)
  const drive = Math.sqrt(1 - STREAK_KEEP ** 2)
  for (let y = 0; y < height; y++) {
    let value = random.noise()
    for (let x = 0; x < width; x++) {
      value = STREAK_KEEP * value + drive * random.noise()
      field[y * width + x] = value
    }
  }
  return field
}

/**
 * Gives the smooth drawing (RGB, changed in place) the look of a photo: brushed lay where `metal` (one byte a pixel) says so,
 * light that falls off, noise of the sensor.
 */
export const applyTexture = (
  rgb: Uint8Array,
  metal: Uint8Array,
  width: number,
  height: number,
  placement: Placement,
  random: Random,
): void => {
  // The lay is made at half the resolution along it: streaks are long, so nothing is lost.
  const fieldWidth = (NOMINAL.width + 2 * MARGIN) / 2
  const fieldHeight = NOMINAL.height + 2 * MARGIN
  const lay = streaks(random, fieldWidth, fieldHeight)
  const lampX = width * random.between(0.35, 0.65)
  const lampY = height * random.between(0.25, 0.5)
  const reach = (width ** 2 + height ** 2) * 0.5
  const [u0, v0] = placement.toDrawing([0, 0])
  const [u1, v1] = placement.toDrawing([1, 0])
  const [u2, v2] = placement.toDrawing([0, 1])
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const light = 1 - (LIGHT_FALLOFF * ((x - lampX) ** 2 + (y - lampY) ** 2)) / reach
      let added = SENSOR_NOISE * random.noise()
      const share = metal[i] ?? 0
      if (share > 0) {
        const u = (u0 + (u1 - u0) * x + (u2 - u0) * y + MARGIN) / 2
        const v = v0 + (v1 - v0) * x + (v2 - v0) * y + MARGIN
        const row = Math.floor(v)
        const column = Math.min(fieldWidth - 1, Math.max(0, Math.floor(u)))
        const upper = lay[Math.min(fieldHeight - 1, Math.max(0, row)) * fieldWidth + column] ?? 0
        const lower = lay[Math.min(fieldHeight - 1, Math.max(0, row + 1)) * fieldWidth + column] ?? 0
        added += ((LAY_AMPLITUDE * share) / 255) * (upper + (lower - upper) * (v - row))
      }
      for (let c = 3 * i; c < 3 * i + 3; c++) rgb[c] = Math.min(255, Math.max(0, (rgb[c] ?? 0) * light + added + 0.5))
    }
  }
}
