import buildAjv from '@fastify/ajv-compiler'
import type { FastifyInstance } from 'fastify'
import { cleanJson } from '../../domain/text.ts'
import { addFormats } from './formats.ts'

/** Clients of the prototype send fields of any type here; they are read as what they mean. */
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

/** The text 1e400 is read as Infinity. Strict about numbers, Ajv would skip the bounds of such a value. */
const READING = { ...OPTIONS, coerceTypes: 'array', strictNumbers: false } as const

/**
 * Text in an address or a form is read as the type that is asked for. A JSON body has types of its own: a null that became a 0 there would
 * end a key or a threshold at once.
 */
const buildValidator: BuildValidator = (schemas, options) => {
  const build = buildAjv() as unknown as BuildValidator
  const common = { ...options, onCreate: addFormats }
  const reading = build(schemas, { ...common, customOptions: READING })
  const strict = build(schemas, { ...common, customOptions: { ...OPTIONS, coerceTypes: false } })
  return (route) => (route.httpPart === 'body' && !LENIENT_BODIES.has(route.url) ? strict : reading)(route)
}

/** For Fastify's option of this name. */
export const schemaController = { compilersFactory: { buildValidator: buildValidator as never } }

/** Cleans what the address says before it is checked; the parsers of bodies and forms clean theirs. */
export function cleanAddresses(app: FastifyInstance): void {
  app.addHook('preValidation', async (request) => {
    request.query = cleanJson(request.query)
    request.params = cleanJson(request.params)
  })
}
