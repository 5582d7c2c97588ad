import { boolean, integer, jsonb, pgTable, timestamp, unique, uuid, varchar } from 'drizzle-orm/pg-core'
import type { ExplanationTexts } from '../../api/domain/explanation.ts'
import type { Language } from '../../api/domain/vocabulary.ts'
import { analyses } from './analyses.ts'

/**
 * Causes and actions as people have confirmed or rewritten them; rows are only ever added. Each holds all that stands after it, so the
 * newest is what counts, and the analysis repeats it.
 */
export const explanations = pgTable(
  'explanations',
  {
    id: uuid('id').primaryKey(),
    analysisId: uuid('analysis_id')
      .notNull()
      .references(() => analyses.id),
    /** 1, 2, 3 ... of its analysis. */
    number: integer('number').notNull(),
    /** False: word for word what the analyzer wrote. */
    edited: boolean('edited').notNull(),
    texts: jsonb('texts').$type<ExplanationTexts>().notNull(),
    language: varchar('language', { length: 10 }).$type<Language>().notNull(),
    /** The session's name; of a bare key, what the call said. */
    person: varchar('person', { length: 100 }).notNull(),
    caller: varchar('caller', { length: 60 }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date', precision: 3 }).notNull(),
  },
  (table) => [unique('explanations_of_analysis').on(table.analysisId, table.number)],
)
