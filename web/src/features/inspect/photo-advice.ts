import { photoLimitsQuery } from '../../api/photo-limits.ts'
import { queries } from '../../api/query-client.ts'
import type { PhotoFault, PhotoFields } from '../../api/types.ts'
import { limitConcurrency } from './queue/limit-concurrency.ts'

/** A photo is decoded in full, 50 MB for 12 megapixels: one at a time. */
const inTurn = limitConcurrency(1)

/** The raster that the service measures too, made by the browser. */
async function rasterOf(file: File, edge: number) {
  const bitmap = await createImageBitmap(file)
  try {
    const photoEdge = Math.max(bitmap.width, bitmap.height)
    const scale = Math.min(1, edge / photoEdge)
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(scale * bitmap.width))
    canvas.height = Math.max(1, Math.round(scale * bitmap.height))
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (!context) return null
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const { width, height, data } = context.getImageData(0, 0, canvas.width, canvas.height)
    return { raster: { width, height, channels: 4 as const, pixels: data }, photoEdge }
  } finally {
    bitmap.close()
  }
}

/** What the service will say against the photo, as far as this device can tell; nothing where it cannot. Never throws. */
export const adviceOn = (file: File, { product_sku, station }: PhotoFields): Promise<PhotoFault['code'][]> =>
  inTurn(async () => {
    try {
      const { enabled, default: defaults, settings } = await queries.fetchQuery(photoLimitsQuery)
      if (!enabled) return []
      const [{ faultsOf, limitsFor }, { measurePhoto, RASTER_EDGE }] = await Promise.all([
        import('../../../../api/domain/photo-limits.ts'),
        import('../../../../api/images/photo-gate/measure.ts'),
      ])
      const made = await rasterOf(file, RASTER_EDGE)
      const limits = limitsFor(defaults, settings, product_sku, station?.trim())
      return made ? faultsOf(measurePhoto(made.raster, made.photoEdge), limits).map(({ code }) => code) : []
    } catch {
      return []
    }
  })
