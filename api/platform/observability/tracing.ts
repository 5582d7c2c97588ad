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

/** Spans waiting for the collector. More are dropped, which bounds the memory that an unavailable collector costs. */
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

/** Logs once when the collector fails and once when it is back, to keep the log readable. */
function withOutageLog(exporter: SpanExporter, log: TracingLog): SpanExporter {
  let failing = false
  return {
    export: (spans, callback) =>
      exporter.export(spans, (result) => {
        const failed = result.code !== 0
        if (failed && !failing) log.warn('Cannot send traces to OTEL_EXPORTER_OTLP_ENDPOINT, dropping them')
        if (!failed && failing) log.info('Sending traces again')
        failing = failed
        callback(result)
      }),
    shutdown: () => exporter.shutdown(),
  }
}

/**
 * Sends spans to an OpenTelemetry collector in the background, in batches. If tracing is not configured, no spans are
 * created. `close` sends the remaining spans and gives up after 2 s.
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
        exporter: withOutageLog(exporter, log),
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
