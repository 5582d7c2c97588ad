import { type TSchemaOptions, Type } from 'typebox'
import { DEFAULT_SCOPES, SCOPES } from '../../domain/scopes.ts'
import { Nullable } from '../../platform/http/schemas.ts'

const Moment = Type.String({ format: 'date-time' })
const Scopes = Type.Array(Type.Enum([...SCOPES]), { minItems: 1, uniqueItems: true })

/** One schema with two types, and not a union: the parser of forms and queries would turn a null into a 0 first. */
const orNull = <T>(type: 'string' | 'integer' | 'number', options: TSchemaOptions) =>
  Type.Unsafe<T | null>({ type: [type, 'null'], ...options })

const perMinute = { minimum: 1, maximum: 1_000_000 }
const settings = {
  description: orNull<string>('string', { maxLength: 255, description: 'What it is for' }),
  scopes: Scopes,
  rate_limit: Type.Integer({ ...perMinute, description: 'Requests a minute' }),
  model_rate_limit: orNull<number>('integer', {
    ...perMinute,
    description: 'Requests a minute on the routes that call the model; null: none beside rate_limit',
  }),
  daily_analyses: orNull<number>('integer', {
    minimum: 1,
    maximum: 2_147_483_647,
    description: 'Analyses of a UTC day; null: no budget',
  }),
  daily_tokens: orNull<number>('integer', {
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'Tokens of the model in a UTC day; null: no budget',
  }),
  daily_cost_usd: orNull<number>('number', {
    // The column's smallest step: less would be stored as 0, which refuses every photo.
    minimum: 0.000001,
    maximum: 100_000,
    description: 'US dollars of a UTC day; null: no budget',
  }),
  expires_at: orNull<string>('string', { format: 'date-time', description: 'In the future; null: never' }),
}

/** Whatever is not named is refused: a field that was meant to restrict a key must not be lost in a typing error. */
export const KeySettings = Type.Partial(Type.Object(settings), { additionalProperties: false })
export const KeyChange = Type.Partial(Type.Object(settings), { additionalProperties: false, minProperties: 1 })

export const Rotation = Type.Object(
  {
    overlap_hours: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 168,
        default: 24,
        description: 'How long the key before stays valid; 0 ends it at once',
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
  prefix: Nullable(Type.String({ description: 'How the key begins; null for one made by hand' })),
  last_four: Nullable(Type.String({ description: 'How it ends' })),
  scopes: Type.Array(Type.Enum([...SCOPES]), { description: `${DEFAULT_SCOPES.join(' and ')} unless said` }),
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
    Type.String({ format: 'date-time', description: 'Until then the key before is valid' }),
  ),
}

/** A key as it is shown: never the key itself, nor its hash. */
export const ApiKey = Type.Object(shown, { $id: 'ApiKey' })

/** The one answer that has the key itself. */
export const NewApiKey = Type.Object({
  key: Type.String({ description: 'Shown this once: it is not stored' }),
  ...shown,
})
