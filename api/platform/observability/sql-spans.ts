import { SpanKind } from '@opentelemetry/api'
import type pg from 'pg'
import { bindContext } from './context.ts'
import { inSpan, isTraced } from './spans.ts'

const MAX_STATEMENT = 2_000

/** Statements use placeholders for values. Literal texts and numbers are masked as well. */
const masked = (statement: string): string =>
  statement
    .slice(0, MAX_STATEMENT)
    .replace(/'(?:[^']|'')*(?:'|$)/g, '?')
    .replace(/(?<![\w$."])\d+(?:\.\d+)?\b/g, '?')

function describe(statement: string) {
  const operation = /^\s*(\w+)/.exec(statement)?.[1]?.toUpperCase() ?? 'SQL'
  const table = /\b(?:from|into|update)\s+"?([\w.]+)/i.exec(statement)?.[1]
  return {
    name: table ? `${operation} ${table}` : operation,
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': operation,
      ...(table ? { 'db.collection.name': table } : {}),
      'db.query.text': masked(statement),
    },
  }
}

type Query = (...args: unknown[]) => unknown
type Callback = (error: unknown, result: unknown) => void
const isCallback = (value: unknown): value is Callback => typeof value === 'function'

/**
 * `query` takes a string or an object with text, and returns a promise or calls a callback. Cursors pass through
 * unchanged.
 */
function tracedQuery(query: Query): Query {
  return (...args) => {
    const [first] = args
    const text = typeof first === 'string' ? first : (first as { text?: unknown } | undefined)?.text
    const isCursor = typeof (first as { submit?: unknown } | undefined)?.submit === 'function'
    if (typeof text !== 'string' || isCursor || !isTraced()) return query(...args)
    const { name, attributes } = describe(text)
    const callback = args.at(-1)
    if (!isCallback(callback)) return inSpan(name, attributes, async () => query(...args), SpanKind.CLIENT)
    const ask = () =>
      new Promise((resolve, reject) => {
        query(...args.slice(0, -1), (error: unknown, result: unknown) => (error ? reject(error) : resolve(result)))
      })
    const answer = bindContext(callback)
    inSpan(name, attributes, ask, SpanKind.CLIENT).then(
      (result) => answer(null, result),
      (error) => answer(error, undefined),
    )
    return undefined
  }
}

/** Creates a span for each statement of a request or job. */
export function traceSql(pool: pg.Pool): void {
  pool.on('connect', (client) => {
    client.query = tracedQuery(client.query.bind(client) as Query) as typeof client.query
  })
  // The callback of a waiter is called by whoever releases a connection, in the wrong context.
  const connect = pool.connect.bind(pool) as (callback?: (...args: never[]) => void) => unknown
  pool.connect = ((callback?: (...args: never[]) => void) =>
    callback ? connect(bindContext(callback)) : connect()) as typeof pool.connect
}
