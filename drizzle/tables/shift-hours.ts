import { date, pgTable, primaryKey, smallint, timestamp, varchar } from 'drizzle-orm/pg-core'

/**
 * The hours of each facility's shifts. All rows of a facility and day are the shifts that begin from that day on, until the next such day;
 * a facility without rows has the default hours. Minutes are of the facility's clock; an end at or before the start is on the next day.
 */
export const shiftHours = pgTable(
  'shift_hours',
  {
    facility: varchar('facility', { length: 50 }).notNull(),
    fromDay: date('from_day', { mode: 'string' }).notNull(),
    name: varchar('name', { length: 40 }).notNull(),
    startMinute: smallint('start_minute').notNull(),
    endMinute: smallint('end_minute').notNull(),
    person: varchar('person', { length: 100 }).notNull(),
    caller: varchar('caller', { length: 60 }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date', precision: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.facility, table.fromDay, table.name] })],
)
