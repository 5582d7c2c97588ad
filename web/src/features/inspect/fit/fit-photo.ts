import { limitConcurrency } from '../queue/limit-concurrency.ts'
import type { FitOrder } from './fit.worker.ts'
import { pixelsOf } from './picture-size.ts'

/** How the photo that is sent came from the one that was added. */
export interface Fitted {
  how: 'scaled' | 'converted'
  /** Of the file that was added, bytes. */
  size: number
}

/** A phone's usual 12 megapixels go out as they are; more than two times that only costs time: the model gets 3. */
const MOST_PIXELS = 24_000_000
/** What takes longer was made to. */
const MOST_MS = 120_000

/** A photo of 50 megapixels takes 200 MB while it is decoded: one at a time. */
const inTurn = limitConcurrency(1)

/** In a worker of its own, which gives its memory back with its end; null where it cannot be done. */
const inWorker = (order: FitOrder): Promise<Blob | null> =>
  new Promise((resolve) => {
    const worker = new Worker(new URL('./fit.worker.ts', import.meta.url), { type: 'module' })
    const end = (made: Blob | null) => {
      clearTimeout(timer)
      worker.terminate()
      resolve(made)
    }
    const timer = setTimeout(() => end(null), MOST_MS)
    worker.onmessage = ({ data }: MessageEvent<Blob | null>) => end(data)
    worker.onerror = () => end(null)
    worker.postMessage(order)
  })

const canFit = typeof Worker !== 'undefined' && typeof OffscreenCanvas !== 'undefined'

/**
 * A photo that the service takes in place of one that it would not, or that is larger than of use: HEIC as JPEG, large ones scaled.
 * Null where there is nothing to be done, or where this browser cannot do it. Never throws.
 */
export async function fitPhoto(
  file: File,
  { maxBytes, heic }: Omit<FitOrder, 'file'>,
): Promise<{ file: File; fitted: Fitted } | null> {
  const large = file.size > maxBytes || ((await pixelsOf(file).catch(() => null)) ?? 0) > MOST_PIXELS
  if (!canFit || !(heic || large)) return null
  const made = await inTurn(() => inWorker({ file, heic, maxBytes }).catch(() => null))
  if (!made) return null
  const fitted: Fitted = { how: heic ? 'converted' : 'scaled', size: file.size }
  // Under the name that people look for.
  return { file: new File([made], file.name, { type: 'image/jpeg', lastModified: file.lastModified }), fitted }
}
