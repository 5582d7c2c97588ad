import type { PhotoMeasures } from '../../domain/photo-limits.ts'
import { measurePhoto, type PhotoRaster } from './measure.ts'

/** Entry point of the worker thread. */
export default ({ raster, photoEdge }: { raster: PhotoRaster; photoEdge: number }): PhotoMeasures =>
  measurePhoto(raster, photoEdge)
