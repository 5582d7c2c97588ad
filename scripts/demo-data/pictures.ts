import type { BoundingBox } from '../../api/analyzer/analyzer.ts'
import type { ImagePipeline } from '../../api/images/pipeline.ts'
import type { ImageStore } from '../../api/images/store.ts'
import { drawPart } from '../../fixtures/sample-parts/draw-part.ts'
import type { SampleDefect } from '../../fixtures/sample-parts/drawing.ts'
import { DEFECT_KINDS } from './defects.ts'

export interface DemoPicture {
  /** Of the image store. */
  key: string
  width: number
  height: number
  /** Around what is drawn on it. */
  box: BoundingBox | null
}

/** Pictures by product and what is drawn on them ("clean": nothing); each list has at least one. */
export type Album = (sku: string, drawn: SampleDefect | null) => readonly DemoPicture[]

/** Knives from the side; scissors and pans as a close-up of their metal, as nothing else is drawn here. Sizes in pixels. */
const PRODUCTS = [
  { sku: 'WK-KN-200', kind: 'knife', width: 960, height: 640 },
  { sku: 'WK-KN-150', kind: 'knife', width: 840, height: 560 },
  { sku: 'WK-KN-100', kind: 'knife', width: 720, height: 540 },
  { sku: 'WK-SC-200', kind: 'plate', width: 840, height: 560 },
  { sku: 'WK-CI-200', kind: 'plate', width: 720, height: 720 },
  { sku: 'WK-CI-280', kind: 'plate', width: 840, height: 720 },
] as const

/** What drawPart() has no place for on a plate. */
const KNIFE_ONLY: readonly (SampleDefect | null)[] = [
  'blade_chip',
  'handle_crack',
  'handle_discoloration',
  'weld_defect',
]
const OF_EACH = 2

const nameOf = (sku: string, drawn: SampleDefect | null): string => `${sku} ${drawn ?? 'clean'}`

/** Draws some dozen parts and stores them as the service does a photo. */
export async function makePictures(
  { pipeline, store }: { pipeline: ImagePipeline; store: ImageStore },
  progress: (done: number, of: number) => void,
): Promise<{ album: Album; keys: string[] }> {
  const drawings = [...new Set([null, ...DEFECT_KINDS.map(({ drawn }) => drawn)])]
  const wanted = PRODUCTS.flatMap((product) =>
    drawings
      .filter((drawn) => product.kind === 'knife' || !KNIFE_ONLY.includes(drawn))
      .flatMap((drawn) => Array.from({ length: OF_EACH }, () => ({ ...product, drawn }))),
  )
  const pictures = new Map<string, DemoPicture[]>()
  const keys: string[] = []
  for (const [seed, { sku, kind, width, height, drawn }] of wanted.entries()) {
    const part = await drawPart({
      kind,
      seed: 500 + seed,
      width,
      height,
      ...(drawn ? { defect: { type: drawn } } : {}),
    })
    const image = await pipeline.prepare(part.jpeg)
    const key = await store.put({ ...image, thumbnail: await image.thumbnail() }, new Date())
    keys.push(key)
    const name = nameOf(sku, drawn)
    pictures.set(name, [...(pictures.get(name) ?? []), { key, width, height, box: part.boxes[0] ?? null }])
    progress(seed + 1, wanted.length)
  }
  const album: Album = (sku, drawn) => {
    const found = pictures.get(nameOf(sku, drawn))
    if (!found) throw new Error(`there is no picture of ${nameOf(sku, drawn)}`)
    return found
  }
  return { album, keys }
}
