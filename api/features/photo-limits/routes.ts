import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { PHOTO_LIMIT_SCOPES } from '../../../drizzle/schema.ts'
import type { Product } from '../../config/config.ts'
import {
  DEFAULT_PHOTO_LIMITS,
  PHOTO_CHECKS,
  PHOTO_FAULTS,
  type PhotoFaultCode,
  type PhotoLimits,
} from '../../domain/photo-limits.ts'
import { badField } from '../../platform/http/problem.ts'
import { commonProblems } from '../../platform/http/schemas.ts'
import { personOf } from '../reviews/person.ts'
import { Person } from '../reviews/schemas.ts'
import type { PhotoLimitSettings } from './settings.ts'

const limitOf = (code: PhotoFaultCode) => {
  const { what, most } = PHOTO_CHECKS[code]
  return Type.Number({ minimum: 0, maximum: most, description: what })
}
const Limits = Type.Unsafe<PhotoLimits>(
  Type.Object(Object.fromEntries(PHOTO_FAULTS.map((code) => [code, limitOf(code)]))),
)
const SomeLimits = Type.Unsafe<Partial<PhotoLimits>>(
  Type.Object(Object.fromEntries(PHOTO_FAULTS.map((code) => [code, Type.Optional(limitOf(code))])), {
    additionalProperties: false,
  }),
)
const Scope = Type.Enum([...PHOTO_LIMIT_SCOPES])

const Settings = Type.Object({
  enabled: Type.Boolean({ description: 'False: PHOTO_GATE is off, and every photo is analysed' }),
  default: Limits,
  settings: Type.Array(
    Type.Object({
      scope: Scope,
      name: Type.String({ description: 'The SKU, or the station as sent with the photo' }),
      limits: SomeLimits,
      person: Type.String(),
      updated_at: Type.String({ format: 'date-time' }),
    }),
    { description: "If both the product and the station of a photo have a limit, the station's limit applies" },
  ),
})

const Change = Type.Object(
  {
    scope: Scope,
    name: Type.String({ minLength: 1, maxLength: 100 }),
    limits: Type.Union([SomeLimits, Type.Null()], { description: 'Null: back to the defaults' }),
    person: Type.Optional(Person),
  },
  { additionalProperties: false },
)

export interface PhotoLimitDeps {
  enabled: boolean
  products: readonly Product[]
  settings: PhotoLimitSettings
}

/** GET and PUT /photo-limits: the measurements that a photo must meet to be judged. */
export const photoLimitRoutes: FastifyPluginAsyncTypebox<PhotoLimitDeps> = async (
  app,
  { enabled, products, settings },
) => {
  const all = async () => ({ enabled, default: DEFAULT_PHOTO_LIMITS, settings: await settings.list() })

  app.get(
    '/photo-limits',
    {
      // The page checks photos against the limits before it sends them.
      config: { access: ['analyse', 'read'] },
      schema: {
        operationId: 'listPhotoLimits',
        tags: ['analyses'],
        summary: 'Limits that a photo must meet to be judged, by default and by product or station',
        response: { 200: Settings, ...commonProblems },
      },
    },
    all,
  )

  app.put(
    '/photo-limits',
    {
      config: { access: 'admin' },
      schema: {
        operationId: 'setPhotoLimits',
        tags: ['analyses'],
        summary: 'Set the limits of a product or a station for future photos',
        description:
          'Replaces all limits of the product or station. Takes effect at once in the task that answers, and within 30 s in the others. Stored results do not change.',
        body: Change,
        response: { 200: Settings, ...commonProblems },
      },
    },
    async (request) => {
      const { body, caller } = request
      const name = body.scope === 'product' ? body.name.trim().toUpperCase() : body.name.trim()
      const known = products.map(({ code }) => code)
      // Limits of a product that was removed from the list can still be deleted.
      if (body.scope === 'product' && body.limits !== null && !known.includes(name)) {
        throw badField('name', `is not a known product; use one of ${known.join(', ')}`)
      }
      if (name === '') throw badField('name', 'must not be empty')
      const by = { person: personOf(caller, body.person), caller: caller.id }
      await settings.set(body.scope, name, body.limits, by)
      request.log.info({ scope: body.scope, name, limits: body.limits }, 'Photo limits set')
      return all()
    },
  )
}
