import buildAjv from '@fastify/ajv-compiler'

/** Clients of the prototype send fields of any type here; they are read as what they mean. */
const LENIENT_BODIES = new Set(['/api/v1/shift-report'])

const OPTIONS = { removeAdditional: false, allErrors: false } as const
type BuildValidator = (schemas: unknown, options: { customOptions?: object }) => (route: Route) => unknown
interface Route {
  url: string
  httpPart: string
}

/**
 * Text in an address or a form is read as the type that is asked for. A JSON body has types of its own: a null that became a 0 there would
 * end a key or a threshold at once.
 */
const buildValidator: BuildValidator = (schemas, options) => {
  const build = buildAjv() as unknown as BuildValidator
  const reading = build(schemas, { ...options, customOptions: { ...OPTIONS, coerceTypes: 'array' } })
  const strict = build(schemas, { ...options, customOptions: { ...OPTIONS, coerceTypes: false } })
  return (route) => (route.httpPart === 'body' && !LENIENT_BODIES.has(route.url) ? strict : reading)(route)
}

/** For Fastify's option of this name. */
export const schemaController = { compilersFactory: { buildValidator: buildValidator as never } }
