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
      name: Type.String({ description: 'The SKU, or the station as it comes with the photo' }),
      limits: SomeLimits,
      person: Type.String(),
      updated_at: Type.String({ format: 'date-time' }),
    }),
    { description: "Where both a photo's product and its station have a limit, the station's counts" },
  ),
})

const Change = Type.Object(
  {
    scope: Scope,
    name: Type.String({ minLength: 1, maxLength: 100 }),
    limits: Type.Union([SomeLimits, Type.Null()], { description: 'Null: the defaults count again' }),
    person: Type.Optional(Person),
  },
  { additionalProperties: false },
)

export interface PhotoLimitDeps {
  enabled: boolean
  products: readonly Product[]
  settings: PhotoLimitSettings
}

/** GET and PUT /photo-limits: what a photo must measure to be judged. */
export const photoLimitRoutes: FastifyPluginAsyncTypebox<PhotoLimitDeps> = async (
  app,
  { enabled, products, settings },
) => {
  const all = async () => ({ enabled, default: DEFAULT_PHOTO_LIMITS, settings: await settings.list() })

  app.get(
    '/photo-limits',
    {
      // The page measures photos by it before it sends them.
      config: { access: ['analyse', 'read'] },
      schema: {
        operationId: 'listPhotoLimits',
        tags: ['analyses'],
        summary: 'What a photo must measure to be judged, by default and by product or station',
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
        summary: 'Set limits of a product or a station, for photos from now on',
        description:
          'In place of all that were set for it. Counts at once in the task that answers, within 30 s in the others. Results that are stored stay.',
        body: Change,
        response: { 200: Settings, ...commonProblems },
      },
    },
    async (request) => {
      const { body, caller } = request
      const name = body.scope === 'product' ? body.name.trim().toUpperCase() : body.name.trim()
      const known = products.map(({ code }) => code)
      // One that has left the list can still be taken away.
      if (body.scope === 'product' && body.limits !== null && !known.includes(name)) {
        throw badField('name', `is not a known product; known are ${known.join(', ')}`)
      }
      if (name === '') throw badField('name', 'is empty')
      const by = { person: personOf(caller, body.person), caller: caller.id }
      await settings.set(body.scope, name, body.limits, by)
      request.log.info({ scope: body.scope, name, limits: body.limits }, 'photo limits set')
      return all()
    },
  )
}
