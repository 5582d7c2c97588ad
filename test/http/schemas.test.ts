/** Every schema of the OpenAPI document, and every operation with values that nobody can store. A new route is covered. */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf, bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

interface Schema {
  type?: string | string[]
  format?: string
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  required?: string[]
}
interface Parameter {
  name: string
  in: string
  schema: Schema
}
interface Operation {
  operationId: string
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}
interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

const service = await startService({ RATE_LIMIT_PER_IP: '1000000' }, { analyzer: scriptedAnalyzer() })
t.teardown(() => service.close())
const document = await bodyOf<Document>(await fetch(`${service.url}/openapi.json`))
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

/** Calls `visit` for the schema and all inside it; the name is that of the nearest property. */
function walk(schema: Schema, name: string, visit: (schema: Schema, name: string) => void): void {
  visit(schema, name)
  for (const [property, inner] of Object.entries(schema.properties ?? {})) walk(inner, `${name}.${property}`, visit)
  for (const inner of schema.anyOf ?? []) walk(inner, name, visit)
  if (schema.items) walk(schema.items, name, visit)
}
const schemasOf = (content: Record<string, { schema: Schema }> | undefined) => Object.values(content ?? {})
const requests = operations.flatMap(({ operation: { operationId, parameters, requestBody } }) => [
  ...(parameters ?? []).map(({ name, schema }) => ({ name: `${operationId}.${name}`, schema })),
  ...schemasOf(requestBody?.content).map(({ schema }) => ({ name: operationId, schema })),
])
const answers = operations.flatMap(({ operation: { operationId, responses } }) =>
  Object.values(responses).flatMap(({ content }) =>
    schemasOf(content).map(({ schema }) => ({ name: operationId, schema })),
  ),
)
const shared = Object.entries(document.components.schemas).map(([name, schema]) => ({ name, schema }))

const types = ({ type = [] }: Schema): string[] => [type].flat()
const isFree = (schema: Schema): boolean => schema.enum === undefined && schema.const === undefined

/** Names of texts that are a time, a day or an id of ours. `timestamp` of a report is echoed as an older client sent it. */
const TIME = /(^|_)(at|from|to|day|date|timestamp|until|since|start|end)$/
const ID = /^(id|image_id|after)$/
const ECHOED = /^shiftReport\.analyses\.timestamp$|^ShiftReport\.defect_details\.timestamp$/

t.test('every time, day and id of the document has its format', async (t) => {
  let seen = 0
  for (const { name, schema } of [...requests, ...answers, ...shared]) {
    walk(schema, name, (inner, path) => {
      const last = path.split('.').at(-1) ?? ''
      if (!types(inner).includes('string') || !isFree(inner) || ECHOED.test(path)) return
      if (TIME.test(last)) {
        seen++
        t.match(inner.format, /^date(-time)?$/, path)
      } else if (ID.test(last)) {
        seen++
        t.equal(inner.format, 'uuid', path)
      }
    })
  }
  t.ok(seen > 40, `${seen} times, days and ids`)
})

t.test('every number of a request has bounds', async (t) => {
  for (const { name, schema } of requests) {
    walk(schema, name, (inner, path) => {
      if (!types(inner).some((type) => type === 'integer' || type === 'number') || !isFree(inner)) return
      t.type(inner.minimum ?? inner.exclusiveMinimum, 'number', `${path} has a minimum`)
      t.type(inner.maximum, 'number', `${path} has a maximum`)
    })
  }
})

const HOSTILE_TEXTS = [
  '2026-11-23T08:00:00+08',
  '2026-11-23T08:00:60Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59-08:00',
  '0000-01-01',
  `urn:uuid:${randomUUID()}`,
  Buffer.from(`8640000000000000.${randomUUID()}`).toString('base64url'),
  'a\0b',
  '\ud800',
  '1e400',
  'Infinity',
  '-0',
  '\u{1f52a}'.repeat(60),
  'ŉ'.repeat(50),
  "'; --",
  '%',
]
const HOSTILE_JSON = [
  ...HOSTILE_TEXTS.map((text) => JSON.stringify(text)),
  '1e400',
  '1e308',
  '-1e308',
  '9007199254740993',
  '[[[]]]',
  'null',
]

/** A value that the schema lets through, so that the hostile one beside it is reached. */
function plain(schema: Schema): unknown {
  const { enum: values, minimum = 1 } = schema
  if (values) return values[0]
  const [type] = types(schema)
  if (schema.format === 'date') return '2026-11-01'
  if (schema.format === 'date-time') return '2026-11-01T00:00:00Z'
  if (schema.format === 'uuid') return randomUUID()
  if (type === 'integer' || type === 'number') return minimum
  if (type === 'boolean') return true
  if (type === 'array') return []
  if (type === 'object') return {}
  return 'WK-KN-200'
}

t.test('no value of any field or parameter ends in a 500', { timeout: 300_000 }, async (t) => {
  const form = photoForm(await photo())
  const analysis = await analysisOf(await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body: form }))
  let calls = 0
  async function call(method: string, url: string, body?: string): Promise<void> {
    calls++
    const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
    const response = await fetch(service.url + url, { method, headers, ...(body === undefined ? {} : { body }) })
    await response.arrayBuffer()
    if (response.status >= 500) t.fail(`${method} ${url} ${body?.slice(0, 300) ?? ''}: ${response.status}`)
  }
  for (const { path, method, operation } of operations) {
    const { parameters = [], requestBody } = operation
    const fill = (hostile?: { name: string; value: string }) =>
      path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(
          name === hostile?.name ? hostile.value : name === 'defect_id' ? analysis.defect_id : randomUUID(),
        ),
      )
    const required = new URLSearchParams(
      parameters
        .filter((parameter) => parameter.in === 'query' && 'required' in parameter && parameter.required)
        .map(({ name, schema }): [string, string] => [name, String(plain(schema))]),
    )
    const json = requestBody?.content['application/json']?.schema
    const { image: _, ...properties } = json?.properties ?? {}
    const start = Object.fromEntries((json?.required ?? []).map((name) => [name, plain(properties[name] ?? {})]))
    const body = json === undefined ? undefined : JSON.stringify(start)
    for (const { name, in: place } of parameters.filter((parameter) => parameter.in !== 'header')) {
      for (const value of HOSTILE_TEXTS.map((text) => text.toWellFormed())) {
        if (place === 'path') await call(method, fill({ name, value }), body)
        else await call(method, `${fill()}?${new URLSearchParams([...required, [name, value]])}`, body)
      }
    }
    const image = json?.properties?.image ? { image: Buffer.from(await photo()).toString('base64') } : {}
    for (const name of Object.keys(properties)) {
      for (const value of HOSTILE_JSON) {
        const others = JSON.stringify({ person: 'Mei', ...image, ...start, [name]: undefined }).slice(1, -1)
        await call(method, `${fill()}?${required}`, `{${others}${others && ','}"${name}":${value}}`)
      }
    }
  }
  t.ok(calls > 1000, `${calls} calls`)
})
