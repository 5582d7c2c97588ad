import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  type ExtraConfigColumn,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core'
import type { StoredExplanation } from '../../api/domain/explanation.ts'
import type { PhotoFault } from '../../api/domain/photo-limits.ts'
import type { StoredReview } from '../../api/domain/review.ts'
import type { Finding } from '../../api/domain/verdict.ts'
import type { DefectType, Ishikawa, Language, ReviewReason, VerdictCode } from '../../api/domain/vocabulary.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

const newestFirst = (table: Record<'timestamp' | 'id', ExtraConfigColumn>) =>
  [table.timestamp.desc().nullsFirst(), table.id.desc().nullsFirst()] as const

// A generated column cannot refer to another one, hence the texts. Each is true or false, never null.
/** The photo gate or the model could not judge the photo, and no person has. */
const UNUSABLE = "(coalesce(review_reason, '') = 'photo_unusable' and coalesce(reviewed_verdict, 'review') = 'review')"
/** The analyzer leaves it to a person, somebody was unsure, or it was drawn at random. */
const OPEN =
  "(coalesce(reviewed_verdict, '') = 'review' or (reviewed_verdict is null and (verdict = 'review' or random_check)))"

/**
 * Results. The first block of columns is the deployment guide's, under its names and types (timestamps with time zone,
 * model_version wider); the second is ours.
 */
export const analyses = pgTable(
  'analyses',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    defectId: varchar('defect_id', { length: 50 }).unique().notNull(),
    timestamp: moment('timestamp').notNull(),
    facility: varchar('facility', { length: 50 }).notNull(),
    productSku: varchar('product_sku', { length: 50 }).notNull(),
    defectDetected: boolean('defect_detected').notNull(),
    defectType: varchar('defect_type', { length: 50 }),
    severity: varchar('severity', { length: 20 }),
    confidence: numeric('confidence', { precision: 5, scale: 4, mode: 'number' }),
    description: text('description'),
    affectedArea: varchar('affected_area', { length: 100 }),
    boundingBox: jsonb('bounding_box').$type<Finding['bounding_box']>(),
    rootCause: text('root_cause'),
    fiveWhyChain: jsonb('five_why_chain').$type<string[]>(),
    correctiveActions: jsonb('corrective_actions').$type<string[]>(),
    imageS3Key: varchar('image_s3_key', { length: 255 }).notNull(),
    modelVersion: varchar('model_version', { length: 100 }),
    createdAt: moment('created_at').defaultNow(),

    verdict: varchar('verdict', { length: 10 }).$type<VerdictCode>().notNull(),
    /** Null: another verdict than review, or a row from before there were reasons. */
    reviewReason: varchar('review_reason', { length: 30 }).$type<ReviewReason>(),
    /** Of a photo that cannot be judged. */
    photoFaults: jsonb('photo_faults').$type<PhotoFault[]>(),
    defects: jsonb('defects').$type<Finding[]>().notNull(),
    probableStage: varchar('probable_stage', { length: 50 }),
    contributingFactors: jsonb('contributing_factors').$type<string[]>().notNull(),
    ishikawaAnalysis: jsonb('ishikawa_analysis').$type<Ishikawa>(),
    preventiveActions: jsonb('preventive_actions').$type<string[]>().notNull(),
    language: varchar('language', { length: 10 }).$type<Language>().notNull(),
    productionData: jsonb('production_data').$type<Record<string, unknown>>(),
    partId: varchar('part_id', { length: 100 }),
    station: varchar('station', { length: 100 }),
    lineId: varchar('line_id', { length: 100 }),
    shift: varchar('shift', { length: 100 }),
    lot: varchar('lot', { length: 100 }),
    operator: varchar('operator', { length: 100 }),
    eventId: varchar('event_id', { length: 100 }),
    fileName: varchar('file_name', { length: 255 }),
    /** Hex SHA-256 of the bytes as sent: what tells a duplicate. */
    imageSha256: varchar('image_sha256', { length: 64 }).notNull(),
    imageWidth: integer('image_width').notNull(),
    imageHeight: integer('image_height').notNull(),
    /** Who asked: "open", "admin" or "key:<id>". Duplicates are answered to the same caller only. */
    caller: varchar('caller', { length: 60 }).notNull(),
    analyzer: varchar('analyzer', { length: 20 }).notNull(),
    promptVersion: varchar('prompt_version', { length: 50 }),
    modelSettings: jsonb('model_settings').$type<Record<string, string | number>>().notNull(),
    inputTokens: integer('input_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
    reasoningTokens: integer('reasoning_tokens').notNull(),
    costUsd: numeric('cost_usd', { precision: 12, scale: 6, mode: 'number' }),
    latencyMs: integer('latency_ms').notNull(),
    modelLatencyMs: integer('model_latency_ms').notNull(),
    /** The ingest job that it is the result of: one result a job. */
    ingestId: uuid('ingest_id'),
    /** Of a request with an Idempotency-Key, and the place in a batch: sent again, it finds what it made. */
    requestRef: varchar('request_ref', { length: 60 }),
    /** The newest row of reviews, as it is shown; null: nobody has said anything. Written with it, and the next four with them. */
    review: jsonb('review').$type<StoredReview>(),
    /** What people say in place of the verdict; null: it stands. */
    reviewedVerdict: varchar('reviewed_verdict', { length: 10 }).$type<VerdictCode>(),
    /** Of the defect that a person sees; null: none, or nobody has judged it. */
    reviewedType: varchar('reviewed_type', { length: 50 }).$type<DefectType>(),
    /** Where product_sku was wrong. */
    correctedSku: varchar('corrected_sku', { length: 50 }),
    /** A test shot or the like: shown, and counted nowhere. */
    voided: boolean('voided').notNull().default(false),
    /** Drawn for the people's check, whatever the verdict. */
    randomCheck: boolean('random_check').notNull().default(false),
    /** The analyzer found cosmetic flaws alone, and the product lets them pass: no defect, unless a person says so. */
    tolerated: boolean('tolerated').notNull().default(false),
    /** The newest row of explanations, as it is shown; null: causes and actions are the analyzer's draft. */
    explanation: jsonb('explanation').$type<StoredExplanation>(),
    /**
     * What counts: a person's word where one has confirmed or corrected, else the analyzer's. A part that a person lets pass with a cosmetic
     * flaw keeps type and severity, and is no defect. Queries, indexes and tallies all take these columns: the rules are stated here only.
     */
    finalDefect: boolean('final_defect').generatedAlwaysAs(
      sql`case reviewed_verdict when 'ng' then true when 'ok' then false else defect_detected and not tolerated end`,
    ),
    finalVerdict: varchar('final_verdict', { length: 10 })
      .$type<VerdictCode>()
      .generatedAlwaysAs(sql`coalesce(reviewed_verdict, verdict)`),
    /** A person has confirmed or corrected it; one who was unsure has not. */
    judged: boolean('judged').generatedAlwaysAs(sql`coalesce(reviewed_verdict in ('ok', 'ng'), false)`),
    /** Whether it is an inspected photo, and counted. */
    counted: boolean('counted').generatedAlwaysAs(sql.raw(`not voided and not ${UNUSABLE}`)),
    /** It cannot be judged, and nobody has judged it all the same. */
    toRetake: boolean('to_retake').generatedAlwaysAs(sql.raw(`not voided and ${UNUSABLE}`)),
    /** It waits for a person: the one condition of queue, badge, dashboard and lists. */
    waiting: boolean('waiting').generatedAlwaysAs(sql.raw(`not voided and not ${UNUSABLE} and ${OPEN}`)),
    /** Null: no defect, nor a flaw that passes. */
    finalType: varchar('final_type', { length: 50 }).generatedAlwaysAs(
      sql`case when reviewed_verdict in ('ok', 'ng') then reviewed_type when defect_detected then coalesce(defect_type, 'unknown') end`,
    ),
    finalSeverity: varchar('final_severity', { length: 20 }).generatedAlwaysAs(
      sql`case when reviewed_verdict in ('ok', 'ng') then case when reviewed_type is null then null else coalesce(review ->> 'severity', 'cosmetic') end when defect_detected then coalesce(severity, 'cosmetic') end`,
    ),
    /** All that the history's search field looks through, lower case. */
    searchText: text('search_text').generatedAlwaysAs(
      sql`lower(defect_id || ' ' || product_sku || ' ' || coalesce(description, '') || ' ' || coalesce(root_cause, '') || ' ' || coalesce(part_id, '') || ' ' || coalesce(station, '') || ' ' || coalesce(line_id, '') || ' ' || coalesce(shift, '') || ' ' || coalesce(lot, '') || ' ' || coalesce(operator, '') || ' ' || coalesce(event_id, '') || ' ' || coalesce(file_name, ''))`,
    ),
  },
  (table) => [
    // At most 12 with the unique defect_id and without the primary key; test/database/indexes.test.ts counts them.
    // PostgreSQL ignores an index whose NULLS order is not that of ORDER BY ... DESC, hence nullsFirst().
    // GET /analyses without a selective filter, in any range of time; GET /statistics where the tallies do not reach (parts, units, shifts,
    // hours, the ends of a range), from the index alone.
    index('analyses_newest').on(
      ...newestFirst(table),
      table.facility,
      table.productSku,
      table.correctedSku,
      table.lineId,
      table.station,
      table.partId,
      table.analyzer,
      table.modelVersion,
      table.voided,
      table.counted,
      table.waiting,
      table.judged,
      table.verdict,
      table.finalVerdict,
      table.finalDefect,
      table.finalType,
      table.finalSeverity,
      table.defectDetected,
      table.tolerated,
      table.defectType,
      table.severity,
      table.probableStage,
      table.confidence,
      table.latencyMs,
      table.costUsd,
    ),
    // GET /analyses?facility=; GET /shift-report of a facility.
    index('analyses_facility_newest').on(table.facility, ...newestFirst(table)),
    // GET /analyses?product_sku=; GET /review-thresholds/preview; make delete-product; GET /statistics of a product, from the index alone.
    index('analyses_product_newest').on(
      sql`(coalesce(corrected_sku, product_sku))`,
      ...newestFirst(table),
      table.facility,
      table.productSku,
      table.correctedSku,
      table.counted,
      table.confidence,
      table.latencyMs,
    ),
    // GET /analyses?waiting=, retake=, effective_verdict= (but ok, which most are); the badge; recall by the random sample.
    index('analyses_attention_newest')
      .on(
        ...newestFirst(table),
        table.facility,
        table.productSku,
        table.correctedSku,
        table.lineId,
        table.station,
        table.analyzer,
        table.modelVersion,
        table.verdict,
        table.finalVerdict,
        table.waiting,
        table.toRetake,
        table.randomCheck,
        table.voided,
        table.judged,
        table.reviewedType,
        table.defectDetected,
      )
      .where(sql`final_verdict <> 'ok' or waiting or to_retake or random_check`),
    // GET /defects; GET /analyses?defect_type=, severity=, probable_stage= and texts that name one; the defects of GET /statistics and /stats.
    index('analyses_defects_newest')
      .on(
        ...newestFirst(table),
        table.facility,
        table.productSku,
        table.correctedSku,
        table.lineId,
        table.station,
        table.analyzer,
        table.modelVersion,
        table.counted,
        table.judged,
        table.verdict,
        table.finalVerdict,
        table.finalDefect,
        table.finalType,
        table.finalSeverity,
        table.defectDetected,
        table.tolerated,
        table.defectType,
        table.severity,
        table.probableStage,
      )
      .where(sql`final_defect or defect_detected`),
    // GET /analyses?reviewed=true, person_verdict=, voided=true; GET /quality, from the index alone.
    index('analyses_reviewed_newest')
      .on(
        ...newestFirst(table),
        table.facility,
        table.productSku,
        table.correctedSku,
        table.modelVersion,
        table.voided,
        table.reviewedVerdict,
        table.reviewedType,
        table.defectDetected,
        table.defectType,
        table.confidence,
      )
      .where(sql`review is not null or reviewed_verdict is not null or voided`),
    // GET /analyses?text=, part_id=, lot=, line_id=, station=, operator=: what is rare; of what is frequent the newest are found by time.
    // By ICU: lower() of the database folds no more than its locale, which is C in the embedded one.
    index('analyses_search').using(
      'gin',
      sql`(lower(normalize(search_text, NFKC) collate "und-x-icu")) gin_trgm_ops`,
      table.partId,
      table.lot,
      table.lineId,
      table.station,
      table.operator,
    ),
    // POST /analyze: whether the photo is known.
    index('analyses_duplicate').on(table.imageSha256),
    // The sweep of images; make delete-product.
    index('analyses_image').on(table.imageS3Key),
    // One result of an ingest job, and of a request with an Idempotency-Key.
    uniqueIndex('analyses_origin')
      .on(sql`(coalesce(request_ref, ingest_id::text))`)
      .where(sql`request_ref is not null or ingest_id is not null`),
    // GET /statistics: the exact median and 95th percentile, once the tallies have told between which times they lie.
    index('analyses_latency').on(
      table.latencyMs,
      table.timestamp,
      table.facility,
      table.productSku,
      table.correctedSku,
      table.counted,
    ),
    check('analyses_one_origin', sql`request_ref is null or ingest_id is null`),
    check('analyses_confidence_range', sql`confidence between 0 and 1`),
  ],
)

export type AnalysisRow = typeof analyses.$inferSelect
