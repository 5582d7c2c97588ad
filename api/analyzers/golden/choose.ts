import type { Reader } from './format.ts'
import { bring, type Frame, fitted } from './frame.ts'
import type { VariantInfo } from './model.ts'
import type { Photo } from './photo.ts'
import { largest } from './plane.ts'
import { measure } from './score.ts'

/** A photo of the station that people judged. */
export interface LabelledPhoto {
  readonly photo: Photo
  readonly defect: boolean
}

/** How many times the share of defects found must exceed that of good parts lost. */
const WORTH = 3

/** Where photos that people judged are at hand they tell, better than the goldens, which variants are of use. */
export async function chooseVariants(
  reader: Reader,
  frame: Frame,
  labelled: readonly LabelledPhoto[],
): Promise<VariantInfo[]> {
  const { variants } = reader.info
  const added = variants.map(() => ({ found: 0, lost: 0 }))
  const defects = labelled.filter(({ defect }) => defect).length
  for (const { photo, defect } of labelled) {
    const raster = fitted(photo, reader.info)
    if (!raster) continue
    const { network, variants: measured } = await measure(reader, frame, bring(frame, raster), -1, variants)
    if (largest(network.data) > 1) continue
    for (const [i, { map }] of measured.entries()) {
      const counts = added[i]
      if (counts && largest(map.data) > 1) counts[defect ? 'found' : 'lost']++
    }
  }
  return variants.map((variant, i) => {
    const { found = 0, lost = 0 } = added[i] ?? {}
    if (found === 0 && lost === 0) return variant
    const [gain, loss] = [found / Math.max(1, defects), lost / Math.max(1, labelled.length - defects)]
    return { ...variant, says: gain > WORTH * loss ? 'ng' : 'none' }
  })
}
