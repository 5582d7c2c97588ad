import { index, inet, integer, pgTable, timestamp, uuid, varchar } from 'drizzle-orm/pg-core'
import { apiKeys } from './api-keys.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

/** One row for each call under /api/v1; refusals (401, 429) are summed per address and minute. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    apiKeyId: uuid('api_key_id').references(() => apiKeys.id),
    /** The route's pattern, not the path: no ids, no query. */
    endpoint: varchar('endpoint', { length: 255 }),
    method: varchar('method', { length: 10 }),
    ipAddress: inet('ip_address'),
    timestamp: moment('timestamp').defaultNow(),
    responseCode: integer('response_code'),

    requestId: varchar('request_id', { length: 100 }),
    /** "open", "admin", "key:<id>", "image-link" or "anonymous". */
    caller: varchar('caller', { length: 60 }),
    /** The name that the person gave when the session was opened. */
    person: varchar('person', { length: 100 }),
    /** How many calls the row stands for: more than one in a sum. */
    calls: integer('calls').notNull().default(1),
  },
  (table) => [index('audit_log_newest').on(table.timestamp.desc().nullsFirst())],
)
