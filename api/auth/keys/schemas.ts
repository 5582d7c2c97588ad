import { type TSchemaOptions, Type } from 'typebox'
import { DEFAULT_SCOPES, SCOPES } from '../../domain/scopes.ts'
import { Nullable } from '../../platform/http/schemas.ts'

const Moment = Type.String({ format: 'date-time' })
const Scopes = Type.Array(Type.Enum([...SCOPES]), { minItems: 1, uniqueItems: true })

/** One schema with two types instead of a union, because the parser of forms and queries would coerce null to 0. */
const orNull = <T>(type: 'string' | 'integer' | 'number', options: TSchemaOptions) =>
  Type.Unsafe<T | null>({ type: [type, 'null'], ...options })

const perMinute = { minimum: 1, maximum: 1_000_000 }
const settings = {
  description: orNull<string>('string', { maxLength: 255, description: 'Purpose of the key' }),
  scopes: Scopes,
  rate_limit: Type.Integer({ ...perMinute, description: 'Requests per minute' }),
  model_rate_limit: orNull<number>('integer', {
    ...perMinute,
    description: 'Requests per minute on the routes that call the model; null: no limit besides rate_limit',
  }),
  daily_analyses: orNull<number>('integer', {
    minimum: 1,
    maximum: 2_147_483_647,
    description: 'Analyses per UTC day; null: no budget',
  }),
  daily_tokens: orNull<number>('integer', {
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'Model tokens per UTC day; null: no budget',
  }),
  daily_cost_usd: orNull<number>('number', {
    // Smallest step of the column: less would be stored as 0, which refuses every photo.
    minimum: 0.000001,
    maximum: 100_000,
    description: 'US dollars per UTC day; null: no budget',
  }),
  expires_at: orNull<string>('string', { format: 'date-time', description: 'In the future; null: never' }),
}

/** Unknown fields are rejected, so that a typing error cannot drop a restriction. */
export const KeySettings = Type.Partial(Type.Object(settings), { additionalProperties: false })
export const KeyChange = Type.Partial(Type.Object(settings), { additionalProperties: false, minProperties: 1 })

export const Rotation = Type.Object(
  {
    overlap_hours: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 168,
        default: 24,
        description: 'How long the previous value stays valid; 0 ends it at once',
      }),
    ),
  },
  { additionalProperties: false },
)

export const KeyParams = Type.Object({
  id: Type.String({ format: 'uuid' }),
})

const shown = {
  id: Type.String({ format: 'uuid' }),
  description: Nullable(Type.String()),
  prefix: Nullable(Type.String({ description: 'Start of the key; null if it was created manually' })),
  last_four: Nullable(Type.String({ description: 'End of the key' })),
  scopes: Type.Array(Type.Enum([...SCOPES]), { description: `Default: ${DEFAULT_SCOPES.join(' and ')}` }),
  rate_limit: Type.Integer(),
  model_rate_limit: Nullable(Type.Integer()),
  daily_analyses: Nullable(Type.Integer()),
  daily_tokens: Nullable(Type.Integer()),
  daily_cost_usd: Nullable(Type.Number()),
  active: Type.Boolean({ description: 'Neither revoked nor expired' }),
  created_at: Nullable(Moment),
  created_by: Nullable(Type.String({ description: 'admin, or key:<id>' })),
  expires_at: Nullable(Moment),
  last_used_at: Nullable(Moment),
  revoked_at: Nullable(Moment),
  previous_expires_at: Nullable(
    Type.String({ format: 'date-time', description: 'The previous value is valid until then' }),
  ),
}

/** A key as shown to administrators, without its value or hash. */
export const ApiKey = Type.Object(shown, { $id: 'ApiKey' })

/** The only response with the key itself. */
export const NewApiKey = Type.Object({
  key: Type.String({ description: 'Only shown once: it is not stored' }),
  ...shown,
})
