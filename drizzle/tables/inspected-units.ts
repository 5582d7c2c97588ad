import { date, integer, pgTable, primaryKey, timestamp, varchar } from 'drizzle-orm/pg-core'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

/**
 * How many units were inspected, entered by hand: where only suspects are photographed, the photos do not tell. One row for each
 * facility, day, shift, line and product; an empty text means "not told apart".
 */
export const inspectedUnits = pgTable(
  'inspected_units',
  {
    facility: varchar('facility', { length: 50 }).notNull(),
    /** Of the facility's time zone. */
    day: date('day', { mode: 'string' }).notNull(),
    shift: varchar('shift', { length: 100 }).notNull().default(''),
    lineId: varchar('line_id', { length: 100 }).notNull().default(''),
    productSku: varchar('product_sku', { length: 50 }).notNull(),
    units: integer('units').notNull(),
    person: varchar('person', { length: 100 }).notNull(),
    caller: varchar('caller', { length: 60 }).notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.facility, table.day, table.shift, table.lineId, table.productSku] })],
)
