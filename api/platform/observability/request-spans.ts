import { type Context, context, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api'
import type { FastifyInstance } from 'fastify'
import { isGuarded } from '../http/access.ts'
import { contextWithRequestId } from './context.ts'

/** W3C Trace Context, version 00. `tracestate` is ignored: it is free text from the client. */
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/
/** The load balancer's header always names a trace, but a parent only if the caller uses X-Ray. */
const XRAY_ROOT = /(?:^|;)\s*Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?:;|$)/
const XRAY_PARENT = /(?:^|;)\s*Parent=([0-9a-f]{16})(?:;|$)/
const XRAY_SAMPLED = /(?:^|;)\s*Sampled=1(?:;|$)/

type Headers = Readonly<Record<string, string | string[] | undefined>>

/** Adds the caller's span if a header names one. */
function withParent(parent: Context, headers: Headers): Context {
  const { traceparent, 'x-amzn-trace-id': xray } = headers
  const w3c = TRACEPARENT.exec(String(traceparent))
  const root = XRAY_ROOT.exec(String(xray))
  const span = w3c
    ? { traceId: w3c[1], spanId: w3c[2], sampled: (Number.parseInt(w3c[3] ?? '0', 16) & 1) === 1 }
    : {
        traceId: root ? `${root[1]}${root[2]}` : undefined,
        spanId: XRAY_PARENT.exec(String(xray))?.[1],
        sampled: XRAY_SAMPLED.test(String(xray)),
      }
  const { traceId, spanId, sampled } = span
  if (!traceId || !spanId) return parent
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE
  return trace.setSpanContext(parent, { traceId, spanId, traceFlags, isRemote: true })
}

/**
 * Gives each request its context: the request id and, outside the site, a span whose trace id is in every log line of
 * the request. Register before any other hook.
 */
export function registerRequestSpans(app: FastifyInstance): void {
  const tracer = trace.getTracer('wiko-defect-analyzer')
  const contexts = new WeakMap<object, Context>()

  app.addHook('onRequest', (request, reply, done) => {
    const base = contextWithRequestId(request.id)
    if (!isGuarded(request)) return context.with(base, done)
    const route = request.routeOptions.url
    const span = tracer.startSpan(
      route ? `${request.method} ${route}` : request.method,
      {
        kind: SpanKind.SERVER,
        attributes: {
          'http.request.method': request.method,
          ...(route ? { 'http.route': route } : {}),
          'wiko.request_id': request.id,
        },
      },
      withParent(base, request.headers),
    )
    if (trace.isSpanContextValid(span.spanContext())) {
      request.log = request.log.child({ trace_id: span.spanContext().traceId })
      reply.log = request.log
    }
    // Not onResponse, which does not run if the client disconnects first.
    reply.raw.once('close', () => {
      const { statusCode, writableFinished } = reply.raw
      if (writableFinished) span.setAttribute('http.response.status_code', statusCode)
      else span.setAttribute('error.type', 'disconnected')
      if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    })
    const active = trace.setSpan(base, span)
    contexts.set(request, active)
    context.with(active, done)
  })
  // The body is read in the context of its socket, so restore the request's.
  app.addHook('preValidation', (request, _, done) => {
    context.with(contexts.get(request) ?? contextWithRequestId(request.id), done)
  })
}
