import { type Static, Type } from 'typebox'
import { Nullable } from '../../platform/http/schemas.ts'

/** Kind of call, by its method: GET and HEAD read, all others change. */
export const ACTIONS = ['read', 'change'] as const
/** Outcome by status: below 400, 4xx, 5xx. */
export const OUTCOMES = ['success', 'refused', 'failed'] as const

const filters = {
  from: Type.Optional(Type.String({ format: 'date-time', description: 'At or after' })),
  to: Type.Optional(Type.String({ format: 'date-time', description: 'Before' })),
  actor: Type.Optional(
    Type.String({
      maxLength: 60,
      description: 'Exact match: admin, open, anonymous, image-link or key:<id of the key>',
    }),
  ),
  person: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the name given at sign-in' })),
  action: Type.Optional(Type.Enum([...ACTIONS], { description: 'read: GET and HEAD; change: every other method' })),
  endpoint: Type.Optional(Type.String({ maxLength: 255, description: 'Part of the route pattern, such as /keys' })),
  outcome: Type.Optional(
    Type.Enum([...OUTCOMES], { description: 'success: below 400; refused: 400 to 499; failed: 500 and above' }),
  ),
}
export const AuditFilters = Type.Object(filters)
export type AuditFiltersQuery = Static<typeof AuditFilters>

export const AuditListQuery = Type.Object({
  ...filters,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 200, description: 'next_cursor of the previous page' })),
})

export const AuditEntry = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    timestamp: Type.String({ format: 'date-time', description: 'For summed calls, the start of their minute' }),
    actor: Nullable(Type.String()),
    key: Nullable(Type.String({ description: "The key's current description" })),
    person: Nullable(Type.String({ description: 'As given at sign-in; not verified' })),
    method: Nullable(Type.String({ description: 'Null for summed refused calls' })),
    endpoint: Nullable(Type.String({ description: 'Route pattern, without ids and query' })),
    status: Nullable(Type.Integer({ description: '499: the client disconnected before the answer' })),
    calls: Type.Integer({ description: 'Number of calls that the entry stands for; refused calls are summed' }),
    ip_address: Nullable(Type.String({ description: 'For summed IPv6 calls, the /64 network' })),
    request_id: Nullable(Type.String()),
  },
  { $id: 'AuditEntry' },
)
export type AuditEntryBody = Static<typeof AuditEntry>
