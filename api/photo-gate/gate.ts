import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import sharp from 'sharp'
import { AnalyzerError, type AnalyzerResult, NO_EXPLANATION, type UprightImage } from '../analyzer/analyzer.ts'
import type { Language } from '../vocabulary/vocabulary.ts'
import { adviceSentences } from './advice.ts'
import { faultsOf, type PhotoFault, type PhotoLimits } from './limits.ts'
import { type PhotoMeasures, type PhotoRaster, RASTER_EDGE } from './measure.ts'

/** Stands in the place of a model's version where the photo was answered without one. */
const GATE_VERSION = 'photo-gate-1'

export interface PhotoGate {
  measure(image: UprightImage): Promise<PhotoMeasures>
  /** What speaks against judging the photo; nothing of a usable one. Throws AnalyzerError 'unreadable'. */
  faults(image: UprightImage, limits: PhotoLimits): Promise<PhotoFault[]>
  close(): Promise<void>
}

/** From the upright JPEG, which decodes large photos to a fraction of their size in a fraction of the time. */
async function rasterOf({ jpeg }: UprightImage): Promise<PhotoRaster> {
  try {
    const { data, info } = await sharp(jpeg)
      .resize({ width: RASTER_EDGE, height: RASTER_EDGE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    return { width: info.width, height: info.height, channels: 3, pixels: data }
  } catch (cause) {
    throw new AnalyzerError('unreadable', 'The picture could not be decoded to be measured', { cause })
  }
}

/** Measures photos in a thread of its own, so that no request need wait for it. */
export function createPhotoGate(): PhotoGate {
  const pool = new Piscina<{ raster: PhotoRaster; photoEdge: number }, PhotoMeasures>({
    filename: fileURLToPath(new URL('./worker.ts', import.meta.url)),
    minThreads: 1,
    maxThreads: 1,
  })
  const measure = async (image: UprightImage): Promise<PhotoMeasures> =>
    pool.run({ raster: await rasterOf(image), photoEdge: Math.max(image.width, image.height) })
  return {
    measure,
    faults: async (image, limits) => faultsOf(await measure(image), limits),
    close: () => pool.destroy(),
  }
}

/** The answer to a photo that cannot be judged: no verdict, and what to do. It cost no call. */
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
