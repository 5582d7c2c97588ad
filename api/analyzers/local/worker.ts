import { type Inspection, inspect } from './inspect.ts'
import type { Raster } from './vision/plane.ts'

/** Entry point of the worker threads. */
export default (raster: Raster): Inspection => inspect(raster)
