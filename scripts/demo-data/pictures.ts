import type { BoundingBox } from '../../api/domain/box.ts'
import type { ImagePipeline } from '../../api/images/pipeline.ts'
import type { ImageStore } from '../../api/images/store.ts'
import { drawPart } from '../../fixtures/sample-parts/draw-part.ts'
import type { SampleDefect } from '../../fixtures/sample-parts/drawing.ts'
import { KINDS } from './defects.ts'

/** A picture in the image store, with the box of what is drawn on it. */
export type DemoPicture = { key: string; width: number; height: number; box: BoundingBox | null }
/** The pictures of a product with a defect or none; at least one. */
export type Album = (sku: string, drawn: SampleDefect | null) => readonly DemoPicture[]

const SKUS = ['WK-KN-200', 'WK-KN-150', 'WK-KN-100', 'WK-SC-200', 'WK-CI-200', 'WK-CI-280']

/** Draws two pictures of each; scissors and pans are a close-up of their metal. */
export async function makePictures(
  pipeline: ImagePipeline,
  store: ImageStore,
): Promise<{ album: Album; keys: string[] }> {
  const pictures = new Map<string, DemoPicture[]>()
  for (const [seed, sku] of [...SKUS, ...SKUS].entries()) {
    const family = sku.slice(3, 5) as keyof (typeof KINDS)[number]['families']
    const drawings = KINDS.filter(({ families }) => families[family]).map(({ drawn }) => drawn)
    for (const drawn of new Set([null, ...drawings])) {
      const [kind, size] = [
        family === 'KN' ? 'knife' : 'plate',
        { width: 840, height: family === 'CI' ? 720 : 560 },
      ] as const
      const part = await drawPart({ kind, seed: 500 + seed, ...size, ...(drawn ? { defect: { type: drawn } } : {}) })
      const image = await pipeline.prepare(part.jpeg)
      const key = await store.put({ ...image, thumbnail: await image.thumbnail() }, new Date())
      const name = `${sku} ${drawn}`
      pictures.set(name, [...(pictures.get(name) ?? []), { key, ...size, box: part.boxes[0] ?? null }])
    }
  }
  const keys = [...pictures.values()].flat().map(({ key }) => key)
  return { album: (sku, drawn) => pictures.get(`${sku} ${drawn}`) ?? [], keys }
}
