import buildAjv from '@fastify/ajv-compiler'
import type { FastifyInstance } from 'fastify'
import { cleanJson } from '../../domain/text.ts'
import { addFormats } from './formats.ts'

/** Clients of the prototype send fields of any type here, so their values are coerced. */
const LENIENT_BODIES = new Set(['/api/v1/shift-report'])

const OPTIONS = { removeAdditional: false, allErrors: false } as const
type BuildValidator = (
  schemas: unknown,
  options: { customOptions?: object; onCreate?: typeof addFormats },
) => (route: Route) => unknown
interface Route {
  url: string
  httpPart: string
}

/** The text 1e400 is read as Infinity. With strict numbers, Ajv would skip the bounds for such a value. */
const COERCING = { ...OPTIONS, coerceTypes: 'array', strictNumbers: false } as const

/**
 * Text in a URL or a form is coerced to the type in the schema. JSON bodies are not: a null read as 0 would disable a
 * key or a threshold.
 */
const buildValidator: BuildValidator = (schemas, options) => {
  const build = buildAjv() as unknown as BuildValidator
  const common = { ...options, onCreate: addFormats }
  const coercing = build(schemas, { ...common, customOptions: COERCING })
  const strict = build(schemas, { ...common, customOptions: { ...OPTIONS, coerceTypes: false } })
  return (route) => (route.httpPart === 'body' && !LENIENT_BODIES.has(route.url) ? strict : coercing)(route)
}

/** For Fastify's option schemaController. */
export const schemaController = { compilersFactory: { buildValidator: buildValidator as never } }

/** Cleans query and path parameters before validation. The parsers of bodies and forms clean theirs. */
export function cleanUrlParameters(app: FastifyInstance): void {
  app.addHook('preValidation', async (request) => {
    request.query = cleanJson(request.query)
    request.params = cleanJson(request.params)
  })
}
