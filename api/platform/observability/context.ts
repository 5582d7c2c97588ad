import { type Context, context, createContextKey, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'

/*
 * What belongs to one request or job follows its asynchronous work: the request id, and the span where traces are on. Code that takes work
 * from a queue of its own loses it, as the work then runs on behalf of whoever was before it: `keepContext` is for that.
 */
context.setGlobalContextManager(new AsyncLocalStorageContextManager())

const REQUEST_ID = createContextKey('request id')
const JOB = createContextKey('job')

/** The id of the request, or of the job, that this code runs for; undefined outside of one. */
export function requestId(): string | undefined {
  const id = context.active().getValue(REQUEST_ID)
  return typeof id === 'string' ? id : undefined
}

/** The current context with this request id in it. */
export const contextWithRequestId = (id: string): Context => context.active().setValue(REQUEST_ID, id)

/** The context of a job: outside of all requests, under the id of the one that sent it. */
export const jobContext = (id: string): Context => ROOT_CONTEXT.setValue(REQUEST_ID, id).setValue(JOB, true)

/** What a log line of a job says besides; a request has a log of its own that says it. */
export function jobLogFields(): Record<string, unknown> {
  if (context.active().getValue(JOB) !== true) return {}
  return { reqId: requestId(), trace_id: trace.getActiveSpan()?.spanContext().traceId }
}

/** A function that runs in the context of now, whenever and by whomever it is called. */
export const keepContext = <F extends (...args: never[]) => unknown>(work: F): F => context.bind(context.active(), work)
