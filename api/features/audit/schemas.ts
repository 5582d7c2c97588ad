import { type Static, Type } from 'typebox'
import { Nullable } from '../../platform/http/schemas.ts'

/** What a call did, by its method: GET and HEAD read. */
export const ACTIONS = ['read', 'change'] as const
/** By the answer: below 400, 4xx (of the caller's making), 5xx (of the service's). */
export const OUTCOMES = ['success', 'refused', 'failed'] as const

const filters = {
  from: Type.Optional(Type.String({ format: 'date-time', description: 'At or after' })),
  to: Type.Optional(Type.String({ format: 'date-time', description: 'Before' })),
  actor: Type.Optional(
    Type.String({ maxLength: 60, description: 'Whole: admin, open, anonymous, image-link or key:<id of the key>' }),
  ),
  person: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the name given at sign-in' })),
  action: Type.Optional(Type.Enum([...ACTIONS], { description: 'read: GET and HEAD; change: every other method' })),
  endpoint: Type.Optional(Type.String({ maxLength: 255, description: "Part of the route's pattern, such as /keys" })),
  outcome: Type.Optional(
    Type.Enum([...OUTCOMES], { description: 'success: below 400; refused: 400 to 499; failed: 500 and above' }),
  ),
}
export const AuditFilters = Type.Object(filters)
export type AuditFiltersQuery = Static<typeof AuditFilters>

export const AuditListQuery = Type.Object({
  ...filters,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 200, description: 'next_cursor of the page before' })),
})

export const AuditEntry = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    timestamp: Type.String({ format: 'date-time', description: 'Of a sum, the beginning of its minute' }),
    actor: Nullable(Type.String()),
    key: Nullable(Type.String({ description: "The key's description, as it is now" })),
    person: Nullable(Type.String({ description: 'As given at sign-in; not proved' })),
    method: Nullable(Type.String({ description: 'Null: a sum of refused calls' })),
    endpoint: Nullable(Type.String({ description: "The route's pattern: no ids, no query" })),
    status: Nullable(Type.Integer({ description: '499: the client hung up before the answer' })),
    calls: Type.Integer({ description: 'How many calls the entry stands for; refused ones are summed' }),
    ip_address: Nullable(Type.String({ description: 'Of a sum over IPv6, the /64 network' })),
    request_id: Nullable(Type.String()),
  },
  { $id: 'AuditEntry' },
)
export type AuditEntryBody = Static<typeof AuditEntry>
