import { pgTable, timestamp, varchar } from 'drizzle-orm/pg-core'

/** When each job of the housekeeping succeeded last; at first, when it was put on the schedule. */
export const housekeepingRuns = pgTable('housekeeping_runs', {
  job: varchar('job', { length: 40 }).primaryKey(),
  succeededAt: timestamp('succeeded_at', { withTimezone: true, mode: 'date', precision: 3 }).notNull().defaultNow(),
})
