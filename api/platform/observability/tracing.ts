import { setTimeout as sleep } from 'node:timers/promises'
import { trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Config, TracingConfig } from '../../config/config.ts'

export interface TracingLog {
  info(message: string): void
  warn(message: string): void
}

/** Spans that wait for the collector; more are dropped, so a collector that is down costs this much memory and no more. */
const QUEUE_SPANS = 4_096
const BATCH_SPANS = 512
const EXPORT_TIMEOUT_MS = 5_000
const CLOSE_TIMEOUT_MS = 2_000

function samplerOf({ sampler, ratio }: TracingConfig): Sampler {
  const [, parentBased, kind] = /^(parentbased_)?(.+)$/.exec(sampler) ?? []
  const root =
    kind === 'always_off'
      ? new AlwaysOffSampler()
      : kind === 'traceidratio'
        ? new TraceIdRatioBasedSampler(ratio)
        : new AlwaysOnSampler()
  return parentBased ? new ParentBasedSampler({ root }) : root
}

/** Says once that the collector fails and once that it is back: traces are worth less than a readable log. */
function telling(exporter: SpanExporter, log: TracingLog): SpanExporter {
  let failing = false
  return {
    export: (spans, callback) =>
      exporter.export(spans, (result) => {
        const failed = result.code !== 0
        if (failed && !failing) log.warn('traces cannot be sent to OTEL_EXPORTER_OTLP_ENDPOINT and are dropped')
        if (!failed && failing) log.info('traces are sent again')
        failing = failed
        callback(result)
      }),
    shutdown: () => exporter.shutdown(),
  }
}

/**
 * Sends spans to an OpenTelemetry collector, in batches and beside the requests; null in the configuration: none are made.
 * `close` sends what is left and gives up after 2 s.
 */
export function startTracing(
  { tracing, environment }: Pick<Config, 'tracing' | 'environment'>,
  log: TracingLog,
): { close(): Promise<void> } {
  if (tracing === null) return { close: async () => undefined }
  const exporter = new OTLPTraceExporter({ timeoutMillis: EXPORT_TIMEOUT_MS })
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        'service.name': tracing.serviceName,
        'deployment.environment.name': environment,
      }),
    ),
    sampler: samplerOf(tracing),
    spanLimits: { attributeValueLengthLimit: 2_000 },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: telling(exporter, log),
        maxQueueSize: QUEUE_SPANS,
        maxExportBatchSize: BATCH_SPANS,
        exportTimeoutMillis: EXPORT_TIMEOUT_MS,
      }),
    ],
  })
  trace.setGlobalTracerProvider(provider)
  return {
    async close() {
      await Promise.race([
        provider.shutdown().catch(() => undefined),
        sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false }),
      ])
    },
  }
}
