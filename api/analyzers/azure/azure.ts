import type { ImageDetail } from 'openai/resources/responses/responses'
import { type AnalyzerResult, NO_EXPLANATION } from '../../domain/verdict.ts'
import type { Analyzer, AnalyzerInput, TranslationInput, TranslationResult } from '../analyzer.ts'
import { loadPrompts, loadTranslationPrompt, TRANSLATION_PROMPT_VERSION } from '../prompts/prompts.ts'
import { createLimiter, type LimiterOptions } from './limiter.ts'
import { type Answer, type CallEvent, type Limits, Model, type ModelOptions } from './model.ts'
import { normaliseDetection, normaliseExplanation, normaliseTranslation, type Repairs } from './normalise.ts'
import { pictureToSend } from './picture.ts'
import { costOf, listPrice, type Price } from './prices.ts'
import { DETECTION_FORMAT, EXPLANATION_FORMAT, translationFormat } from './schema.ts'

export type AzureEvent = CallEvent | { call: 'mend'; repairs: Repairs }

export interface AzureOptions extends Omit<ModelOptions, 'onEvent'>, LimiterOptions {
  visionDeployment: string
  reasoningDeployment: string
  imageDetail: ImageDetail
  /** Prices of both deployments. Null: the cost is unknown. Default: the list price of the model that answered. */
  prices?: Price | null
  /** A folder of ../prompts. */
  promptVersion?: string
  /** Name of a SKU, so that the model knows what it is looking at. */
  productName?: (sku: string) => string | undefined
  /** For the log and the metrics: each HTTP call as it ends, and repaired answers. */
  onEvent?: (event: AzureEvent) => void
}

/**
 * Analyzer with Azure OpenAI: one call with the picture; if there is a defect, a second one with text only; and one
 * with text only for each translation. Throws on unusable settings.
 * If the second call fails the analysis fails, although the findings are known. Without its root cause, the answer
 * would be stored and returned to the next client as if it were complete, and a retry costs only one picture.
 */
export function azureAnalyzer(options: AzureOptions): Analyzer {
  const { visionDeployment, reasoningDeployment, reasoningEffort, imageDetail, onEvent } = options
  const prompts = loadPrompts(options.promptVersion)
  const translationPrompt = loadTranslationPrompt()
  const model = new Model(options)
  const { admit, run, close } = createLimiter(options)

  async function inspect(input: AnalyzerInput, limits: Limits): Promise<AnalyzerResult> {
    const { image, language, productSku, facility, productionData } = input
    const product = { product_sku: productSku, product_name: options.productName?.(productSku) }
    const sent = await pictureToSend(image, imageDetail)
    const started = performance.now()
    const answers: Answer<unknown>[] = []

    const detected = await model.ask(
      {
        call: 'detect',
        deployment: visionDeployment,
        // Process readings stay out of this prompt: the verdict depends on the picture only, and no client text can
        // sway it.
        prompt: prompts.detect({ width: sent.width, height: sent.height, language, clientData: product }),
        image: { jpeg: sent.jpeg, detail: imageDetail },
        format: DETECTION_FORMAT,
      },
      limits,
    )
    answers.push(detected)
    const { findings, confidence, description, unjudged, repairs } = normaliseDetection(detected.value, sent, image)

    let explanation: Omit<ReturnType<typeof normaliseExplanation>, 'repairs'> = NO_EXPLANATION
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
      unjudged,
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
      ...spentOn(answers, started),
    }
  }

  const spentOn = (answers: readonly Answer<unknown>[], started: number) => ({
    tokens: {
      input: sum(answers, ({ usage }) => usage.input),
      output: sum(answers, ({ usage }) => usage.output),
      reasoning: sum(answers, ({ usage }) => usage.reasoning),
    },
    cost_usd: totalCost(answers, options.prices),
    model_latency_ms: Math.round(performance.now() - started),
  })

  async function translate({ texts, from, to }: TranslationInput, limits: Limits): Promise<TranslationResult> {
    const started = performance.now()
    const answer = await model.ask(
      {
        call: 'translate',
        deployment: reasoningDeployment,
        prompt: translationPrompt({ texts, from, to }),
        format: translationFormat(Object.keys(texts)),
      },
      limits,
    )
    const { texts: translated, repairs } = normaliseTranslation(answer.value)
    if (repairs.length > 0) onEvent?.({ call: 'mend', repairs })
    return {
      texts: translated,
      model_version: answer.model.slice(0, 100),
      prompt_version: TRANSLATION_PROMPT_VERSION,
      ...spentOn([answer], started),
    }
  }

  return {
    kind: 'azure',
    modelVersion: visionDeployment,
    admit,

    analyze: (input) => run(input.signal, (limits) => inspect(input, limits)),
    translate: (input) => run(input.signal, (limits) => translate(input, limits)),

    close,
  }
}

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
