import type { Config } from '../config/config.ts'
import { requestId } from '../platform/observability/context.ts'
import { type Metrics, noMetrics } from '../platform/observability/metrics.ts'
import { addSpan, traceId } from '../platform/observability/spans.ts'
import type { Analyzer } from './analyzer.ts'
import { azureAnalyzer } from './azure/azure.ts'
import type { CallEvent } from './azure/model.ts'
import { localAnalyzer } from './local/local.ts'

export interface AnalyzerLog {
  info(detail: object, message: string): void
}

/** Waiting analyses per running one; more would only time out. */
const QUEUED_PER_RUNNING = 4

/** The model if it is configured, otherwise the local analyzer. There is no fallback from one to the other. */
export function createAnalyzer(config: Config, log?: AnalyzerLog, metrics: Metrics = noMetrics): Analyzer {
  if (config.azure === null) return localAnalyzer({ products: config.products })
  const { prices, ...azure } = config.azure
  return azureAnalyzer({
    ...azure,
    // Without configured prices the list prices apply. Configured prices do not distinguish cached tokens.
    ...(prices ? { prices: { ...prices, cachedInput: prices.input } } : {}),
    maxQueue: QUEUED_PER_RUNNING * azure.maxConcurrency,
    productName: (sku) => config.products.find(({ code }) => code === sku)?.name,
    onEvent: (event) => {
      log?.info({ reqId: requestId(), trace_id: traceId(), ...event }, 'model call')
      if (event.call === 'mend' || event.attempt === 0) return
      measure(metrics, event)
      const { visionDeployment, reasoningDeployment } = azure
      trace(event, event.call === 'detect' ? visionDeployment : reasoningDeployment)
    },
  })
}

/** Counts calls that reached the model, except those our own client aborted, which say nothing about the model. */
function measure(metrics: Metrics, event: CallEvent): void {
  if (event.outcome === 'aborted') return
  metrics.count('modelCalls')
  metrics.record('modelTime', Math.round(event.ms))
  if (event.outcome !== 'ok') metrics.count('modelFailures')
}

/** Span of a model call: what it was and how it ended, never its content. */
function trace({ call, attempt, outcome, ms, status, usage }: CallEvent, deployment: string): void {
  const attributes = {
    'gen_ai.provider.name': 'azure.ai.openai',
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': deployment,
    'gen_ai.usage.input_tokens': usage?.input,
    'gen_ai.usage.output_tokens': usage?.output,
    'http.response.status_code': status,
    'wiko.call': call,
    'wiko.attempt': attempt,
    'wiko.outcome': outcome,
  }
  addSpan(`model ${call}`, ms, attributes, outcome === 'ok' ? undefined : outcome)
}
