import {
  boolean,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core'
import type { BoundingBox } from '../../api/domain/box.ts'
import type { PhotoLimits } from '../../api/domain/photo-limits.ts'
import type { ReviewedDefect, ReviewKind } from '../../api/domain/review.ts'
import type { DefectType, Severity, VerdictCode } from '../../api/domain/vocabulary.ts'
import { analyses } from './analyses.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

/**
 * What people said of analyses; rows are only ever added. Each holds all that stands after it, so the newest is what counts, and the
 * analysis repeats it.
 */
export const reviews = pgTable(
  'reviews',
  {
    id: uuid('id').primaryKey(),
    analysisId: uuid('analysis_id')
      .notNull()
      .references(() => analyses.id),
    /** 1, 2, 3 ... of its analysis: the order, also within a millisecond. */
    number: integer('number').notNull(),
    kind: varchar('kind', { length: 10 }).$type<ReviewKind>().notNull(),
    /** "review" of who was unsure; null where nobody has judged the part yet. The next four are null with it, or of an unsure one. */
    verdict: varchar('verdict', { length: 10 }).$type<VerdictCode>(),
    defectDetected: boolean('defect_detected'),
    defectType: varchar('defect_type', { length: 50 }).$type<DefectType>(),
    severity: varchar('severity', { length: 20 }).$type<Severity>(),
    boundingBox: jsonb('bounding_box').$type<BoundingBox>(),
    /** All defects, the worst first, which the three columns above repeat; null: a row of before, of one defect at most. */
    defects: jsonb('defects').$type<ReviewedDefect[]>(),
    /** Where the one that came with the photo was wrong. */
    productSku: varchar('product_sku', { length: 50 }),
    voided: boolean('voided').notNull(),
    comment: text('comment'),
    /** The session's name; of a bare key, what the call said. */
    person: varchar('person', { length: 100 }).notNull(),
    caller: varchar('caller', { length: 60 }).notNull(),
    createdAt: moment('created_at').notNull(),
    /** Of a request with an Idempotency-Key: sent again, it finds what it made. */
    requestRef: varchar('request_ref', { length: 60 }).unique(),
  },
  (table) => [unique('reviews_of_analysis').on(table.analysisId, table.number)],
)

/** Below which confidence a verdict goes to a person, of products that have their own threshold. */
export const reviewThresholds = pgTable('review_thresholds', {
  productSku: varchar('product_sku', { length: 50 }).primaryKey(),
  reviewBelow: numeric('review_below', { precision: 5, scale: 4, mode: 'number' }).notNull(),
  person: varchar('person', { length: 100 }).notNull(),
  caller: varchar('caller', { length: 60 }).notNull(),
  updatedAt: moment('updated_at').notNull(),
})

export const PHOTO_LIMIT_SCOPES = ['product', 'station'] as const

/** Limits of the photo gate that differ from the defaults, of products and of stations. */
export const photoLimits = pgTable(
  'photo_limits',
  {
    scope: varchar('scope', { length: 10 }).$type<(typeof PHOTO_LIMIT_SCOPES)[number]>().notNull(),
    /** The SKU, or the station as it comes with the photo. */
    name: varchar('name', { length: 100 }).notNull(),
    /** Only those that differ. */
    limits: jsonb('limits').$type<Partial<PhotoLimits>>().notNull(),
    person: varchar('person', { length: 100 }).notNull(),
    caller: varchar('caller', { length: 60 }).notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.scope, table.name] })],
)
