import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import { AnalyzerError } from '../../domain/analyzer-error.ts'
import type { UprightImage } from '../../domain/photo.ts'
import { adviceSentences } from '../../domain/photo-advice.ts'
import type { PhotoMeasures } from '../../domain/photo-limits.ts'
import { faultsOf, type PhotoFault, type PhotoLimits } from '../../domain/photo-limits.ts'
import { type AnalyzerResult, NO_EXPLANATION } from '../../domain/verdict.ts'
import type { Language } from '../../domain/vocabulary.ts'
import { rasterOf } from '../render.ts'
import type { PhotoRaster } from './measure.ts'

/** Model version of photos that were answered without a model. */
const GATE_VERSION = 'photo-gate-1'

type Raster = () => Promise<PhotoRaster>

export interface PhotoGate {
  measure(image: UprightImage, raster?: Raster): Promise<PhotoMeasures>
  /**
   * Reasons why the photo cannot be judged; empty if it is usable. Throws AnalyzerError 'unreadable'.
   * @param raster of the photo, if there is one already
   */
  faults(image: UprightImage, limits: PhotoLimits, raster?: Raster): Promise<PhotoFault[]>
  close(): Promise<void>
}

/** Measures photos in a worker thread, off the event loop. */
export function createPhotoGate(): PhotoGate {
  const pool = new Piscina<{ raster: PhotoRaster; photoEdge: number }, PhotoMeasures>({
    filename: fileURLToPath(new URL('./worker.ts', import.meta.url)),
    minThreads: 1,
    maxThreads: 1,
  })
  const measure = async (image: UprightImage, raster: Raster = () => rasterOf(image)): Promise<PhotoMeasures> => {
    const made = await raster().catch((cause: unknown) => {
      throw new AnalyzerError('unreadable', 'The picture could not be decoded to be measured', { cause })
    })
    return pool.run({ raster: made, photoEdge: Math.max(image.width, image.height) })
  }
  return {
    measure,
    faults: async (image, limits, raster) => faultsOf(await measure(image, raster), limits),
    close: () => pool.destroy(),
  }
}

/** The result of a photo that cannot be judged: no verdict, and what to do. It costs no model call. */
export function retake(faults: PhotoFault[], language: Language): AnalyzerResult {
  return {
    findings: [],
    confidence: 0,
    description: adviceSentences(
      language,
      faults.map(({ code }) => code),
    ).join(' '),
    affected_area: 'overall',
    ...NO_EXPLANATION,
    repaired: false,
    unjudged: 'photo_unusable',
    photo_faults: faults,
    model_version: GATE_VERSION,
    prompt_version: null,
    model_settings: {},
    tokens: { input: 0, output: 0, reasoning: 0 },
    cost_usd: 0,
    model_latency_ms: 0,
  }
}
