import { bigint, date, integer, numeric, pgTable, primaryKey, varchar } from 'drizzle-orm/pg-core'

/** What was used of the daily budgets: a row for each caller and UTC day, and one for the whole service. */
export const dailyUsage = pgTable(
  'daily_usage',
  {
    day: date('day', { mode: 'string' }).notNull(),
    /** Caller.id, or "*" for all callers together. */
    caller: varchar('caller', { length: 60 }).notNull(),
    /** Answered and running; one that fails is given back. */
    analyses: integer('analyses').notNull().default(0),
    /** Input and output of the model. */
    tokens: bigint('tokens', { mode: 'number' }).notNull().default(0),
    costUsd: numeric('cost_usd', { precision: 14, scale: 6, mode: 'number' }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.day, table.caller] })],
)
