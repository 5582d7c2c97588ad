import { type Attributes, context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { jobContext } from './context.ts'

/** Valid before and after tracing starts. Without tracing, its spans cost nothing and are dropped. */
const tracer = trace.getTracer('wiko-defect-analyzer')

/** True while a request or job is traced. Background work (polls, checks) creates no spans. */
export const isTraced = (): boolean => trace.getActiveSpan()?.isRecording() ?? false

export const traceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId

/** Marks a span as failed, with the kind of error only: messages and stacks may contain query values, paths or keys. */
export function failSpan(span: Span, error: unknown): void {
  span.setAttribute('error.type', errorType(error))
  span.setStatus({ code: SpanStatusCode.ERROR })
}

/** The most specific name of an error: its failure (ours), its code (Node, PostgreSQL) or its name. */
function errorType(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const { failure, code } = error as Error & { failure?: unknown; code?: unknown }
  for (const kind of [failure, code]) if (typeof kind === 'string' && /^\w{1,60}$/.test(kind)) return kind
  return error.name
}

/** Runs work in a child of the current span. Without a current span, just runs it. */
export function inSpan<T>(
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
  kind: SpanKind = SpanKind.INTERNAL,
): Promise<T> {
  return isTraced() ? run(name, attributes, work, kind) : work()
}

/**
 * Runs a background job in its own trace with the id of the request that sent it, so that the logs, model calls and
 * spans of both can be found together.
 */
export function inJobSpan<T>(name: string, id: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return context.with(jobContext(id), () =>
    run(name, { 'wiko.request_id': id, ...attributes }, work, SpanKind.CONSUMER),
  )
}

function run<T>(name: string, attributes: Attributes, work: () => Promise<T>, kind: SpanKind): Promise<T> {
  return tracer.startActiveSpan(name, { kind, attributes }, async (span) => {
    try {
      return await work()
    } catch (error) {
      failSpan(span, error)
      throw error
    } finally {
      span.end()
    }
  })
}

/** Adds a span for work that has just ended, `ms` milliseconds after it began. */
export function addSpan(name: string, ms: number, attributes: Attributes, failure?: string): void {
  if (!isTraced()) return
  const now = Date.now()
  const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes, startTime: now - ms })
  if (failure !== undefined) {
    span.setAttribute('error.type', failure)
    span.setStatus({ code: SpanStatusCode.ERROR })
  }
  span.end(now)
}
