import { pgTable, timestamp, uuid, varchar } from 'drizzle-orm/pg-core'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

/** Critical verdicts that others are told of, one for a part. Written with the analysis, delivered by the queue. */
export const events = pgTable('events', {
  /** The webhook-id: the same at every delivery. */
  id: uuid('id').primaryKey(),
  type: varchar('type', { length: 50 }).notNull(),
  /** The part: facility, product and part_id, or the defect_id where the client names no part. */
  subject: varchar('subject', { length: 255 }).notNull().unique(),
  defectId: varchar('defect_id', { length: 50 }).notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
})
