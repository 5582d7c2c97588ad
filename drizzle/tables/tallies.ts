import { bigint, date, integer, pgTable, smallint, unique, varchar } from 'drizzle-orm/pg-core'

const sum = (name: string) => bigint(name, { mode: 'number' }).notNull()
const photos = (name: string) => integer(name).notNull()

/** A span of time: `days` is 1, or 7 from a Monday on; by a clock of UTC+8, which is that of all facilities. */
const span = {
  days: smallint('days').notNull(),
  start: date('start', { mode: 'string' }).notNull(),
  facility: varchar('facility', { length: 50 }).notNull(),
}

/**
 * How many photos there are, by all that statistics are filtered by: of each photo that counts one more in its day and in its week. Triggers of
 * `analyses` write it in the same statement, and nobody else may. Defects are few, and counted from their index; what is split by verdict
 * here are the good ones.
 */
export const photoTallies = pgTable(
  'photo_tallies',
  {
    ...span,
    /** As corrected. */
    productSku: varchar('product_sku', { length: 50 }).notNull(),
    lineId: varchar('line_id', { length: 100 }),
    station: varchar('station', { length: 100 }),
    analyzer: varchar('analyzer', { length: 20 }).notNull(),
    modelVersion: varchar('model_version', { length: 100 }),
    photos: photos('photos'),
    /** By people. */
    judged: photos('judged'),
    /** For a person. */
    waiting: photos('waiting'),
    /** No defect, by each word: passed, or still open. What a person calls good has passed. */
    finalPassed: photos('final_passed'),
    finalOpen: photos('final_open'),
    aiPassed: photos('ai_passed'),
    aiOpen: photos('ai_open'),
    humanPassed: photos('human_passed'),
    /** With a confidence, and its sum in ten thousandths. */
    rated: photos('rated'),
    confidenceSum: sum('confidence_sum'),
    latencySum: sum('latency_sum'),
    /** With a price, and its sum in millionths of a dollar. */
    priced: photos('priced'),
    costSum: sum('cost_sum'),
  },
  (table) => [
    unique('photo_tallies_cell')
      .on(
        table.days,
        table.start,
        table.facility,
        table.productSku,
        table.lineId,
        table.station,
        table.analyzer,
        table.modelVersion,
      )
      .nullsNotDistinct(),
  ],
)

/** The same by confidence and by time: in tenths, and in the steps of latency_step(). */
export const measureTallies = pgTable(
  'measure_tallies',
  {
    ...span,
    measure: varchar('measure', { length: 10 }).$type<'confidence' | 'latency'>().notNull(),
    bin: integer('bin').notNull(),
    photos: photos('photos'),
  },
  (table) => [unique('measure_tallies_cell').on(table.days, table.start, table.facility, table.measure, table.bin)],
)
