import { integer, jsonb, pgTable, timestamp, varchar } from 'drizzle-orm/pg-core'
import type { ChartScope } from '../../api/domain/chart-scope.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

/** Centre lines of p charts that people have frozen: defects over inspected, of a range. At most one for each selection of photos. */
export const chartBaselines = pgTable('chart_baselines', {
  /** The filters, basis and truth of the charts that it counts for; what is not filtered by is left out. */
  scope: jsonb('scope').$type<ChartScope>().primaryKey(),
  from: moment('from').notNull(),
  to: moment('to').notNull(),
  inspected: integer('inspected').notNull(),
  defects: integer('defects').notNull(),
  person: varchar('person', { length: 100 }).notNull(),
  caller: varchar('caller', { length: 60 }).notNull(),
  createdAt: moment('created_at').notNull(),
})
