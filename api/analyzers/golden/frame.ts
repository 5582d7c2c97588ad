import { type Alignment, align, type Target, targetOf } from './align.ts'
import { type Raster, resizeRaster, toGray } from './plane.ts'
import { fill, type Polygon } from './polygons.ts'
import { unseen, warpRaster } from './rigid.ts'
import { type VariantTarget, variantTargetOf } from './variants.ts'

/** Pixels around what the photo does not show that are not believed either. */
const SEAM = 2
/** How much the proportions of a photo may differ from the reference's. */
const PROPORTIONS = 0.02

/** The reference of a station, to which all its photos are brought. */
export interface Frame {
  readonly reference: Raster
  readonly target: Target
  /** Made when asked for: not every station needs it. */
  readonly variants: () => VariantTarget
  /** Pixels that are always taken from the reference; null: none. */
  readonly ignored: Uint8Array | null
}

export interface Aligned extends Alignment {
  /** As the reference sees it. What it does not show, and what is ignored, is the reference's own, in the photo's light. */
  readonly raster: Raster
  /** Pixels that the photo does not show; null where it shows all. */
  readonly unseen: Uint8Array | null
}

export function frameOf(reference: Raster, ignore: readonly Polygon[] = []): Frame {
  const { width, height } = reference
  const ignored = ignore.length > 0 ? new Uint8Array(width * height) : null
  if (ignored) for (const polygon of ignore) fill(ignored, reference, polygon, [1, 1])
  const gray = toGray(reference)
  return { reference, target: targetOf(gray), variants: once(() => variantTargetOf(gray)), ignored }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** The photo at the reference's size; null where its proportions are others. */
export function fitted(photo: Raster, { width, height }: { width: number; height: number }): Raster | null {
  if (photo.width === width && photo.height === height) return photo
  const stretch = (photo.width * height) / (photo.height * width)
  return Math.abs(stretch - 1) <= PROPORTIONS ? resizeRaster(photo, width, height) : null
}

export function bring({ reference, target, ignored }: Frame, photo: Raster): Aligned {
  const alignment = align(target, toGray(photo))
  const raster = warpRaster(photo, alignment.rigid)
  const hidden = unseen(raster.width, raster.height, alignment.rigid, SEAM)
  if (hidden || ignored) borrow(raster, reference, (i) => (hidden?.[i] ?? 0) + (ignored?.[i] ?? 0) > 0)
  return { ...alignment, raster, unseen: hidden }
}

/** Takes pixels of the reference, each channel at the mean of the photo's others. */
function borrow(photo: Raster, reference: Raster, isBorrowed: (pixel: number) => boolean): void {
  const sums = new Float64Array(6)
  const pixels = photo.width * photo.height
  const borrowed: number[] = []
  for (let i = 0; i < pixels; i++) {
    if (isBorrowed(i)) {
      borrowed.push(i)
      continue
    }
    for (let c = 0; c < 3; c++) {
      sums[c] = (sums[c] ?? 0) + (photo.pixels[3 * i + c] ?? 0)
      sums[3 + c] = (sums[3 + c] ?? 0) + (reference.pixels[reference.channels * i + c] ?? 0)
    }
  }
  const kept = pixels - borrowed.length
  if (kept === 0) return
  for (let c = 0; c < 3; c++) {
    const gain = ((sums[c] ?? 0) / kept + 1) / ((sums[3 + c] ?? 0) / kept + 1)
    for (const i of borrowed) {
      photo.pixels[3 * i + c] = Math.min(255, (reference.pixels[reference.channels * i + c] ?? 0) * gain)
    }
  }
}
