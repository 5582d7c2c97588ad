import { index, integer, json, pgTable, timestamp, unique, uuid, varchar } from 'drizzle-orm/pg-core'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

/** Requests with an Idempotency-Key: which runs, and what was answered. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** What the request made carries this id (request_ref), so that a second run finds it. */
    id: uuid('id').primaryKey(),
    caller: varchar('caller', { length: 60 }).notNull(),
    route: varchar('route', { length: 60 }).notNull(),
    key: varchar('key', { length: 255 }).notNull(),
    /** Hex SHA-256 of the request. */
    fingerprint: varchar('fingerprint', { length: 64 }).notNull(),
    /** The run that holds it; null where none does. */
    owner: uuid('owner'),
    /** Until then the run holds it, and while it lives it asks for more: a crashed one lets go by itself. */
    lockedUntil: moment('locked_until'),
    /** Of the final answer; null: there is none yet. */
    status: integer('status'),
    /** As it was answered, to the order of its members. */
    body: json('body').$type<unknown>(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    unique('idempotency_keys_of_caller').on(table.caller, table.route, table.key),
    index('idempotency_keys_oldest').on(table.createdAt),
  ],
)
