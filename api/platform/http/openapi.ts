import { createHash } from 'node:crypto'
import swagger from '@fastify/swagger'
import scalar from '@scalar/fastify-api-reference'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { declareSite, scopesOf } from './access.ts'
import { problems } from './schemas.ts'

interface DocumentedBody {
  json?: object
  form: { properties: object; required?: readonly string[] }
  files: { name: string; many: boolean }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A body that the handler parses itself, for the OpenAPI document. */
    documentedBody?: DocumentedBody
  }
}

const METHODS_WITH_BODY = ['POST', 'PUT', 'PATCH']
const BINARY = { type: 'string', format: 'binary' }

function formSchema({ form, files }: DocumentedBody) {
  const file = files.many ? { type: 'array', items: BINARY, minItems: 1 } : BINARY
  return {
    ...form,
    required: [files.name, ...(form.required ?? [])],
    properties: {
      [files.name]: file,
      ...form.properties,
      production_data: { type: 'string', description: 'Process readings as JSON text' },
    },
  }
}

/** Hashes of inline scripts, as a content security policy lists them. */
const inlineScriptHashes = (html: unknown): string[] =>
  typeof html === 'string'
    ? [...html.matchAll(/<script\b(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
        ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
      )
    : []

/** Serves the OpenAPI 3.1 document at /openapi.json and its page at /docs. Register before the routes. */
export async function registerOpenapi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Wiko Defect Analyzer',
        version,
        description: 'A photo of a part goes in, a stored verdict comes out. Errors are RFC 9457 problem details.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/' }],
      tags: [
        { name: 'analyses', description: 'Photos and their verdicts' },
        { name: 'reports', description: 'Shift report and totals' },
        { name: 'vocabulary', description: 'Codes and their meanings' },
        { name: 'session', description: 'Sign-in of people' },
        { name: 'keys', description: 'API keys, for administrators' },
        { name: 'audit', description: 'Who called what, for administrators' },
        { name: 'operations', description: 'Health and settings' },
      ],
      components: {
        securitySchemes: {
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
          session: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        },
      },
      security: [{ apiKey: [] }, { session: [] }],
    },
    refResolver: { buildLocalReference: (json, _baseUri, _fragment, i) => String(json.$id ?? `def-${i}`) },
    transform: ({ schema, url, route }) => {
      const documented: Record<string, unknown> = { ...schema }
      const { documentedBody } = route.config ?? {}
      // Either kind of credentials, with one of the route's scopes.
      const scopes = scopesOf(route.config ?? {}) ?? []
      documented.security = scopes.flatMap((scope) => [{ apiKey: [scope] }, { session: [scope] }])
      if (documentedBody) {
        documented.body = {
          content: {
            'multipart/form-data': { schema: formSchema(documentedBody) },
            ...(documentedBody.json ? { 'application/json': { schema: documentedBody.json } } : {}),
          },
        }
      }
      if (METHODS_WITH_BODY.some((method) => [route.method].flat().includes(method))) {
        documented.response = { ...problems(408, 413, 415), ...(schema?.response as object | undefined) }
      }
      return { schema: documented as FastifySchema, url }
    },
  })
  app.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true }, logLevel: 'warn' }, async () =>
    app.swagger(),
  )

  await app.register(async (page) => {
    declareSite(page)
    // Only this page has inline styles and an inline script, which is allowed by its hash.
    page.addHook('onSend', async (_request, reply, payload) => {
      const scripts = ["'self'", ...inlineScriptHashes(payload)].join(' ')
      reply.header(
        'content-security-policy',
        `default-src 'self'; script-src ${scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
      )
    })
    await page.register(scalar, {
      routePrefix: '/docs',
      configuration: { url: '/openapi.json', withDefaultFonts: false, telemetry: false },
    })
  })
}
