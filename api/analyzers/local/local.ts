import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import type { Product } from '../../config/products.ts'
import { AnalyzerError } from '../../domain/analyzer-error.ts'
import type { AnalyzerResult } from '../../domain/verdict.ts'
import type { Analyzer, AnalyzerInput } from '../analyzer.ts'
import { decode } from './decode.ts'
import type { Inspection } from './inspect.ts'
import { localTranslator } from './translate.ts'
import { isRecognised, toResult, unrecognised } from './verdict.ts'
import type { Raster } from './vision/plane.ts'

const MODEL_VERSION = 'local-cv-1'
/** A picture takes about a second on one core, so by then there is probably room in the queue. */
const RETRY_AFTER_SECONDS = 1

export interface LocalAnalyzerOptions {
  /** Worker threads; one core is left to the service. Default: 1 or 2. */
  threads?: number
  /** Pictures that may wait for a thread before calls are rejected as overloaded. */
  maxQueue?: number
  /** Deadline of an analysis in milliseconds, including the wait. */
  timeoutMs?: number
  /** Products to recognise by their outline. Without them, every part is accepted as what it is said to be. */
  products?: readonly Product[]
}

/**
 * Classical image analysis in worker threads. It knows neither products nor golden samples: an aid for the eye and for
 * trials without a model, not a quality gate. ops/evaluate.ts measures its accuracy.
 */
export const localAnalyzer = ({
  threads = Math.min(2, Math.max(1, availableParallelism() - 1)),
  maxQueue = 16,
  timeoutMs = 30_000,
  products = [],
}: LocalAnalyzerOptions = {}): Analyzer => {
  const pool = new Piscina<Raster, Inspection>({
    filename: fileURLToPath(new URL('./worker.ts', import.meta.url)),
    minThreads: 1,
    maxThreads: threads,
  })
  const closing = new AbortController()
  let inFlight = 0

  const admit = (coming: number): void => {
    if (inFlight + coming < threads + maxQueue) return
    throw new AnalyzerError('overloaded', `${inFlight} pictures are already running or waiting`, {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    })
  }

  const run = async (input: AnalyzerInput, deadline: AbortSignal): Promise<AnalyzerResult> => {
    const signal = AbortSignal.any([input.signal, closing.signal, deadline])
    try {
      const raster = await decode(input.image.jpeg)
      const inspection = await pool.run(raster, { signal })
      const result = toResult(inspection, raster, input.image, input.language, MODEL_VERSION)
      const expected = products.find(({ code }) => code === input.productSku)?.elongation
      return isRecognised(inspection, expected) ? result : unrecognised(result, input.language)
    } catch (cause) {
      if (input.signal.aborted) throw new AnalyzerError('aborted', 'The client disconnected', { cause })
      if (closing.signal.aborted) throw new AnalyzerError('unavailable', 'The local analyzer is closed', { cause })
      if (deadline.aborted) {
        throw new AnalyzerError('timeout', `The local analysis took more than ${timeoutMs} ms`, { cause })
      }
      if (cause instanceof AnalyzerError) throw cause
      throw new AnalyzerError('unavailable', 'The local analysis failed', { cause })
    }
  }

  return {
    kind: 'local',
    modelVersion: MODEL_VERSION,
    admit,
    async analyze(input) {
      admit(0)
      inFlight++
      try {
        return await run(input, AbortSignal.timeout(timeoutMs))
      } finally {
        inFlight--
      }
    },
    async translate({ texts, from, to }) {
      const translate = localTranslator(from, to)
      return {
        texts: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, translate(text)])),
        model_version: MODEL_VERSION,
        prompt_version: 'templates',
        tokens: { input: 0, output: 0, reasoning: 0 },
        cost_usd: 0,
        model_latency_ms: 0,
      }
    },
    async close() {
      closing.abort()
      await pool.destroy()
    },
  }
}
