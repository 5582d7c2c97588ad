import type { PhotoMeasures } from '../../domain/photo-limits.ts'
import { measurePhoto, type PhotoRaster } from './measure.ts'

/** Entry of the worker thread: one raster in, its measures out. */
export default ({ raster, photoEdge }: { raster: PhotoRaster; photoEdge: number }): PhotoMeasures =>
  measurePhoto(raster, photoEdge)
