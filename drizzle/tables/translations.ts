import { integer, jsonb, numeric, pgTable, primaryKey, timestamp, uuid, varchar } from 'drizzle-orm/pg-core'
import type { Language } from '../../api/domain/vocabulary.ts'
import { analyses } from './analyses.ts'

/** The model's texts of an analysis in a language that it was not asked in; made once, when somebody wants to read them. */
export const translations = pgTable(
  'translations',
  {
    analysisId: uuid('analysis_id')
      .notNull()
      .references(() => analyses.id),
    language: varchar('language', { length: 10 }).$type<Language>().notNull(),
    /** The analysis's members that hold text, by their wire names. */
    texts: jsonb('texts').$type<Record<string, unknown>>().notNull(),
    modelVersion: varchar('model_version', { length: 100 }).notNull(),
    promptVersion: varchar('prompt_version', { length: 100 }).notNull(),
    tokens: integer('tokens').notNull(),
    costUsd: numeric('cost_usd', { precision: 12, scale: 6, mode: 'number' }),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'date', precision: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.analysisId, table.language] })],
)
