import { type Inspection, inspect } from './inspect.ts'
import type { Raster } from './vision/plane.ts'

/** Entry of the worker threads: one raster in, one inspection out. */
export default (raster: Raster): Inspection => inspect(raster)
