import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { median, type Raster, resizeRaster } from './plane.ts'

const WEIGHTS = new URL('./weights/effnet-lite0-f4-f10.onnx', import.meta.url)
/** As weights/README.md says; other bytes are not run. */
const WEIGHTS_SHA256 = '22d082aedca764a217af9e1048c9a492c4ba7e51dd529befd2cec4ebcb53074e'

/** The two layers that are read: channels, and pixels of the input to a step. */
const LAYERS = [
  { name: 'f4', channels: 40 },
  { name: 'f10', channels: 112 },
] as const
export const CHANNELS = 152
/** Pixels of the network's input to a cell of its map. */
export const CELL = 8
/** How much of the usual length is added before dividing by the length: what is featureless stays short. */
const SOFTNESS = 0.3

let session: Promise<InferenceSession> | undefined

async function open(): Promise<InferenceSession> {
  const bytes = await readFile(WEIGHTS)
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== WEIGHTS_SHA256)
    throw new Error(`the network's weights are damaged: sha256 ${found}, not ${WEIGHTS_SHA256}`)
  // One thread: the parallelism is between photos.
  return InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    enableCpuMemArena: false,
  })
}

/** Size of the network's input: its long side at most `edge`, never enlarged, both sides multiples of 16. */
export function inputSize(width: number, height: number, edge: number): { width: number; height: number } {
  const share = Math.min(1, edge / Math.max(width, height))
  const side = (pixels: number): number => Math.max(16, Math.round((pixels * share) / 16) * 16)
  return { width: side(width), height: side(height) }
}

/** Descriptors of a photo, a row of CHANNELS values for each cell. */
export interface Features {
  /** Cells. */
  readonly width: number
  readonly height: number
  readonly data: Float32Array
  /** Median length of each layer's vectors. */
  readonly lengths: readonly [number, number]
}

/**
 * @param lengths of golden 0, by which all photos of a station are scaled; without, the photo's own
 */
export async function featuresOf(
  photo: Raster,
  size: { width: number; height: number },
  lengths?: readonly [number, number],
): Promise<Features> {
  session ??= open().catch((error: unknown) => {
    session = undefined
    throw error
  })
  const network = await session
  const { pixels, channels } =
    photo.width === size.width && photo.height === size.height ? photo : resizeRaster(photo, size.width, size.height)
  const area = size.width * size.height
  const input = new Float32Array(3 * area)
  for (let i = 0, p = 0; i < area; i++, p += channels) {
    input[i] = pixels[p] ?? 0
    input[area + i] = pixels[p + 1] ?? 0
    input[2 * area + i] = pixels[p + 2] ?? 0
  }
  const outputs = await network.run({ rgb: new Tensor('float32', input, [1, 3, size.height, size.width]) })
  const [width, height] = [size.width / CELL, size.height / CELL]
  const data = new Float32Array(width * height * CHANNELS)
  const found: number[] = []
  let first = 0
  for (const [i, { name, channels: count }] of LAYERS.entries()) {
    const output = outputs[name]
    if (!(output?.data instanceof Float32Array)) throw new Error(`the network has no output ${name}`)
    const [, , h = 0, w = 0] = output.dims
    layOut(output.data, { width: w, height: h, count }, { width, height, data, first })
    found.push(normalise(data, first, count, lengths?.[i]))
    first += count
  }
  return { width, height, data, lengths: [found[0] ?? 0, found[1] ?? 0] }
}

/** Takes the mean of 3 x 3 cells of each channel's map and writes it, enlarged where the layer is coarser, into the rows. */
function layOut(
  maps: Float32Array,
  from: { width: number; height: number; count: number },
  to: { width: number; height: number; data: Float32Array; first: number },
): void {
  const { width: w, height: h } = from
  const cells = w * h
  const smooth = new Float32Array(cells * from.count)
  const row = new Float32Array(w)
  for (let c = 0; c < from.count; c++) {
    const start = c * cells
    for (let y = 0; y < h; y++) {
      const above = start + Math.max(0, y - 1) * w
      const here = start + y * w
      const below = start + Math.min(h - 1, y + 1) * w
      for (let x = 0; x < w; x++) row[x] = (maps[above + x] ?? 0) + (maps[here + x] ?? 0) + (maps[below + x] ?? 0)
      for (let x = 0; x < w; x++) {
        const sum = (row[Math.max(0, x - 1)] ?? 0) + (row[x] ?? 0) + (row[Math.min(w - 1, x + 1)] ?? 0)
        smooth[(y * w + x) * from.count + c] = sum / 9
      }
    }
  }
  for (let y = 0; y < to.height; y++) {
    const v = Math.min(h - 1, Math.max(0, ((y + 0.5) * h) / to.height - 0.5))
    const top = Math.min(Math.floor(v), Math.max(0, h - 2))
    const down = v - top
    for (let x = 0; x < to.width; x++) {
      const u = Math.min(w - 1, Math.max(0, ((x + 0.5) * w) / to.width - 0.5))
      const left = Math.min(Math.floor(u), Math.max(0, w - 2))
      const right = u - left
      const a = (top * w + left) * from.count
      const b = right > 0 ? a + from.count : a
      const below = down > 0 ? w * from.count : 0
      const at = (y * to.width + x) * CHANNELS + to.first
      for (let c = 0; c < from.count; c++) {
        const upper = (smooth[a + c] ?? 0) * (1 - right) + (smooth[b + c] ?? 0) * right
        const lower = (smooth[a + below + c] ?? 0) * (1 - right) + (smooth[b + below + c] ?? 0) * right
        to.data[at + c] = upper * (1 - down) + lower * down
      }
    }
  }
}

/** Divides each vector by its length, softly. Returns the median length. */
function normalise(data: Float32Array, first: number, count: number, usual: number | undefined): number {
  const cells = data.length / CHANNELS
  const lengths = new Float32Array(cells)
  for (let i = 0; i < cells; i++) {
    let sum = 0
    for (let c = i * CHANNELS + first; c < i * CHANNELS + first + count; c++) sum += (data[c] ?? 0) ** 2
    lengths[i] = Math.sqrt(sum)
  }
  const middle = usual ?? median(lengths)
  for (let i = 0; i < cells; i++) {
    const share = 1 / (((lengths[i] ?? 0) + SOFTNESS * middle + 1e-6) * Math.SQRT2)
    for (let c = i * CHANNELS + first; c < i * CHANNELS + first + count; c++) data[c] = (data[c] ?? 0) * share
  }
  return middle
}
