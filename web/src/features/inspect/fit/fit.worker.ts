import { decodeHeic } from './heic.ts'

/** What is asked of the worker: a JPEG of the photo, upright, of at most so many bytes. */
export interface FitOrder {
  file: Blob
  heic: boolean
  maxBytes: number
}

/**
 * Long edge and quality, tried in turn. The model gets 2048 pixels, the local analyzer 1130: with 4096 there are two for each, and as many
 * of colour, of which JPEG keeps half. The smaller ones are for services with a very small limit.
 */
const TRIES = [
  [4096, 0.92],
  [4096, 0.8],
  [3072, 0.8],
  [2048, 0.8],
] as const

async function decode({ file, heic }: FitOrder): Promise<ImageBitmap> {
  try {
    // Upright by the file's orientation: that is what browsers do unless told otherwise.
    return await createImageBitmap(file)
  } catch (error) {
    if (!heic) throw error
    return createImageBitmap(await decodeHeic(file))
  }
}

async function encode(bitmap: ImageBitmap, edge: number, quality: number): Promise<Blob> {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height))
  const canvas = new OffscreenCanvas(Math.round(scale * bitmap.width), Math.round(scale * bitmap.height))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  // What the service puts behind transparent parts, too.
  context.fillStyle = 'rgb(128 128 128)'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return canvas.convertToBlob({ type: 'image/jpeg', quality })
}

async function fit(order: FitOrder): Promise<Blob | null> {
  const bitmap = await decode(order)
  for (const [edge, quality] of TRIES) {
    const made = await encode(bitmap, edge, quality)
    if (made.size <= order.maxBytes) return made
  }
  return null
}

self.onmessage = ({ data }: MessageEvent<FitOrder>) => {
  fit(data)
    .catch(() => null)
    .then((made) => self.postMessage(made))
}
