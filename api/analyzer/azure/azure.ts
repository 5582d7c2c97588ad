import type { ImageDetail } from 'openai/resources/responses/responses'
import PQueue from 'p-queue'
import { keepContext } from '../../observability/context.ts'
import { type Analyzer, AnalyzerError, type AnalyzerInput, type AnalyzerResult } from '../analyzer.ts'
import { loadPrompts } from '../prompts/prompts.ts'
import { type Answer, type CallEvent, type Limits, Model, type ModelOptions } from './model.ts'
import { normaliseDetection, normaliseExplanation, type Repairs } from './normalise.ts'
import { pictureToSend } from './picture.ts'
import { costOf, listPrice, type Price } from './prices.ts'
import { DETECTION_FORMAT, EXPLANATION_FORMAT } from './schema.ts'

export type AzureEvent = CallEvent | { call: 'mend'; repairs: Repairs }

export interface AzureOptions extends Omit<ModelOptions, 'onEvent'> {
  visionDeployment: string
  reasoningDeployment: string
  imageDetail: ImageDetail
  /** Milliseconds for one analysis in all: the wait in our queue, both calls, all retries. */
  timeoutMs: number
  /** Analyses at a time; each has one call in flight. */
  maxConcurrency: number
  /** Analyses that may wait for their turn; the next one is refused. */
  maxQueue: number
  /** Of the calls of both deployments. Null: the cost is not known. Default: the list price of the model that answered. */
  prices?: Price | null
  /** A folder of ../prompts. */
  promptVersion?: string
  /** What a SKU is called, so that the model knows what it looks at. */
  productName?: (sku: string) => string | undefined
  /** For the log and the metrics: each HTTP call as it ends, and what had to be mended. */
  onEvent?: (event: AzureEvent) => void
}

/** Told to a client that was refused for want of room: about one analysis later a place is free. */
const OVERLOAD_RETRY_SECONDS = 5

const NOTHING_TO_EXPLAIN = {
  probable_stage: null,
  root_cause: '',
  five_why_chain: [],
  contributing_factors: [],
  ishikawa_analysis: null,
  corrective_actions: [],
  preventive_actions: [],
}

/**
 * The analyzer behind Azure OpenAI. One call with the picture; a second one, text only, where there is a defect. Throws on settings that
 * cannot be used.
 *
 * Where the second call fails the analysis fails with it, although the findings are known: an answer without its root cause would be
 * stored and given to the next client as if it were whole, and asking again costs one picture.
 */
export function azureAnalyzer(options: AzureOptions): Analyzer {
  const { visionDeployment, reasoningDeployment, reasoningEffort, imageDetail, timeoutMs, onEvent } = options
  const prompts = loadPrompts(options.promptVersion)
  const model = new Model(options)
  const queue = new PQueue({ concurrency: options.maxConcurrency })
  const running = new Set<AbortController>()
  let closed = false

  function admit(coming: number): void {
    if (queue.pending + queue.size + coming < options.maxConcurrency + options.maxQueue) return
    throw new AnalyzerError('overloaded', 'Too many analyses at a time', { retryAfterSeconds: OVERLOAD_RETRY_SECONDS })
  }

  async function look(input: AnalyzerInput, limits: Limits): Promise<AnalyzerResult> {
    const { image, language, productSku, facility, productionData } = input
    const product = { product_sku: productSku, product_name: options.productName?.(productSku) }
    const sent = await pictureToSend(image)
    const started = performance.now()
    const answers: Answer<unknown>[] = []

    const detected = await model.ask(
      {
        call: 'detect',
        deployment: visionDeployment,
        // Process readings stay out of this prompt: the verdict is on what is seen, and no text of a client can sway it.
        prompt: prompts.detect({ width: sent.width, height: sent.height, language, clientData: product }),
        image: {
          type: 'input_image',
          detail: imageDetail,
          image_url: `data:image/jpeg;base64,${sent.jpeg.toString('base64')}`,
        },
        format: DETECTION_FORMAT,
      },
      limits,
    )
    answers.push(detected)
    const { findings, confidence, description, repairs } = normaliseDetection(detected.value, sent, image)

    let explanation: Omit<ReturnType<typeof normaliseExplanation>, 'repairs'> = NOTHING_TO_EXPLAIN
    if (findings.length > 0) {
      const explained = await model.ask(
        {
          call: 'explain',
          deployment: reasoningDeployment,
          prompt: prompts.explain({
            findings: findings.map(({ bounding_box: _, ...finding }) => finding),
            language,
            clientData: { ...product, facility, production_data: productionData },
          }),
          format: EXPLANATION_FORMAT,
        },
        limits,
      )
      answers.push(explained)
      const { repairs: more, ...rest } = normaliseExplanation(explained.value)
      repairs.push(...more)
      explanation = rest
    }

    if (repairs.length > 0) onEvent?.({ call: 'mend', repairs })
    return {
      findings,
      confidence,
      description,
      affected_area: findings[0]?.affected_area ?? 'overall',
      ...explanation,
      repaired: repairs.length > 0,
      model_version: detected.model.slice(0, 100),
      prompt_version: prompts.version,
      model_settings: {
        vision_deployment: visionDeployment,
        reasoning_deployment: reasoningDeployment,
        reasoning_effort: reasoningEffort ?? 'not sent',
        image_detail: imageDetail,
        image_width: sent.width,
        image_height: sent.height,
      },
      tokens: {
        input: sum(answers, ({ usage }) => usage.input),
        output: sum(answers, ({ usage }) => usage.output),
        reasoning: sum(answers, ({ usage }) => usage.reasoning),
      },
      cost_usd: totalCost(answers, options.prices),
      model_latency_ms: Math.round(performance.now() - started),
    }
  }

  return {
    kind: 'azure',
    modelVersion: visionDeployment,
    admit,

    async analyze(input) {
      if (closed) throw new AnalyzerError('aborted', 'The analyzer is closed')
      if (input.signal.aborted) throw callerGone()
      admit(0)

      // One controller for the three ends an analysis can come to; the reason is the error to throw.
      const controller = new AbortController()
      const { signal } = controller
      const leave = () => controller.abort(callerGone())
      const timer = setTimeout(
        () => controller.abort(new AnalyzerError('timeout', `No verdict within ${timeoutMs} ms`)),
        timeoutMs,
      )
      const deadline = performance.now() + timeoutMs
      input.signal.addEventListener('abort', leave, { once: true })
      running.add(controller)
      try {
        return await queue.add(
          keepContext(() => look(input, { signal, deadline })),
          { signal },
        )
      } finally {
        clearTimeout(timer)
        input.signal.removeEventListener('abort', leave)
        running.delete(controller)
      }
    },

    async close() {
      closed = true
      for (const controller of running) controller.abort(new AnalyzerError('aborted', 'The analyzer was closed'))
      await queue.onIdle()
    },
  }
}

const callerGone = () => new AnalyzerError('aborted', 'The caller went away')

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)

function totalCost(answers: readonly Answer<unknown>[], configured: Price | null | undefined): number | null {
  let total = 0
  for (const { usage, model } of answers) {
    const price = configured === undefined ? listPrice(model) : configured
    if (!price) return null
    total += costOf(usage, price)
  }
  return total
}
