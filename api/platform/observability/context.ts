import { type Context, context, createContextKey, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'

/*
 * The request id, and the span if tracing is on, follow the asynchronous work of a request or job. Work that a queue runs later
 * would get the context of whoever was before it, so wrap it with `bindContext`.
 */
context.setGlobalContextManager(new AsyncLocalStorageContextManager())

const REQUEST_ID = createContextKey('request id')
const JOB = createContextKey('job')

/** Id of the current request or job; undefined outside of one. */
export function requestId(): string | undefined {
  const id = context.active().getValue(REQUEST_ID)
  return typeof id === 'string' ? id : undefined
}

/** The current context with this request id. */
export const contextWithRequestId = (id: string): Context => context.active().setValue(REQUEST_ID, id)

/** Context of a job: outside of all requests, with the id of the request that sent it. */
export const jobContext = (id: string): Context => ROOT_CONTEXT.setValue(REQUEST_ID, id).setValue(JOB, true)

/** Additional fields in log lines of a job. The logger of a request already has them. */
export function jobLogFields(): Record<string, unknown> {
  if (context.active().getValue(JOB) !== true) return {}
  return { reqId: requestId(), trace_id: trace.getActiveSpan()?.spanContext().traceId }
}

/** Binds a function to the current context, whoever calls it later. */
export const bindContext = <F extends (...args: never[]) => unknown>(work: F): F => context.bind(context.active(), work)
