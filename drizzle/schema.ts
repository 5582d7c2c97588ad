import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  inet,
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
import type { Finding } from '../api/analyzer/analyzer.ts'
import type { StoredExplanation } from '../api/explanations/schemas.ts'
import type { Scope } from '../api/keys/scopes.ts'
import type { PhotoFault } from '../api/photo-gate/limits.ts'
import type { StoredReview } from '../api/reviews/defects.ts'
import { toRetake, waiting } from '../api/reviews/waiting.ts'
import type { DefectType, Ishikawa, Language, ReviewReason, VerdictCode } from '../api/vocabulary/vocabulary.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

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
     * flaw keeps type and severity, and is no defect. Written by the database, so that the version before cannot miss it.
     */
    finalDefect: boolean('final_defect').generatedAlwaysAs(
      sql`case reviewed_verdict when 'ng' then true when 'ok' then false else defect_detected end`,
    ),
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
    // PostgreSQL ignores an index whose NULLS order is not that of ORDER BY ... DESC, hence nullsFirst().
    index('analyses_newest').on(table.timestamp.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('analyses_facility_newest').on(
      table.facility,
      table.timestamp.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    // The version before reads by this one; now it is the next.
    index('analyses_product_newest').on(
      table.productSku,
      table.timestamp.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('analyses_effective_product_newest').on(
      sql`(coalesce(corrected_sku, product_sku))`,
      table.timestamp.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('analyses_verdict_newest').on(
      table.verdict,
      table.timestamp.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('analyses_effective_verdict_newest').on(
      sql`(coalesce(reviewed_verdict, verdict))`,
      table.timestamp.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    // What the history is searched by beside the vocabulary; most of these are rare among all.
    ...(['partId', 'lot', 'lineId', 'station', 'operator'] as const).map((name) =>
      index(`analyses_${table[name].name}_newest`)
        .on(table[name], table.timestamp.desc().nullsFirst(), table.id.desc().nullsFirst())
        .where(sql`${table[name]} is not null`),
    ),
    // Mostly one of the two is small: which, depends on the plant.
    index('analyses_reviewed_newest')
      .on(table.timestamp.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`review is not null`),
    index('analyses_unreviewed_newest')
      .on(table.timestamp.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`review is null`),
    // The queue of the reviewers; "is null", not "review is null": a reinstated part has a review, and still waits.
    index('analyses_unjudged_newest')
      .on(table.verdict, table.timestamp.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`reviewed_verdict is null and not voided`),
    // By verdict, as the queue goes through them.
    index('analyses_waiting_newest')
      .on(table.verdict, table.timestamp.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(waiting),
    index('analyses_retake_newest')
      .on(table.timestamp.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(toRetake),
    // What recall is estimated from.
    index('analyses_random_check')
      .on(table.timestamp.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`random_check and not voided`),
    index('analyses_voided_newest')
      .on(table.timestamp.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`voided`),
    index('analyses_defects_newest')
      .on(table.timestamp.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`defect_detected`),
    index('analyses_final_defects_newest')
      .on(table.timestamp.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`final_defect`),
    // What a search by the name of a type, severity or stage finds; small, so that the second and third column can be searched alone.
    index('analyses_final_named')
      .on(table.finalType, table.finalSeverity, table.probableStage)
      .where(sql`final_defect`),
    // All that model and people are compared by, so that the wide rows need not be read.
    index('analyses_judged')
      .on(
        table.timestamp,
        table.facility,
        table.productSku,
        table.correctedSku,
        table.modelVersion,
        table.reviewedVerdict,
        table.reviewedType,
        table.defectDetected,
        table.defectType,
        table.confidence,
      )
      .where(sql`reviewed_verdict is not null and not voided`),
    // All that the statistics look at, for the same reason; what only a filter asks for is left out.
    index('analyses_inspected')
      .on(
        table.timestamp,
        table.id,
        table.facility,
        table.productSku,
        table.correctedSku,
        table.lineId,
        table.shift,
        table.partId,
        table.verdict,
        table.reviewedVerdict,
        table.reviewReason,
        table.randomCheck,
        table.tolerated,
        table.voided,
        table.finalDefect,
        table.finalType,
        table.finalSeverity,
        table.defectDetected,
        table.defectType,
        table.severity,
        table.probableStage,
        table.confidence,
        table.latencyMs,
        table.costUsd,
      )
      .where(sql`not voided`),
    // The version before counts by this one; the next removes it.
    index('analyses_figures')
      .on(
        table.timestamp,
        table.id,
        table.facility,
        table.productSku,
        table.correctedSku,
        table.lineId,
        table.shift,
        table.partId,
        table.verdict,
        table.reviewedVerdict,
        table.finalDefect,
        table.finalType,
        table.finalSeverity,
        table.defectDetected,
        table.defectType,
        table.severity,
        table.probableStage,
        table.confidence,
        table.latencyMs,
        table.costUsd,
      )
      .where(sql`not voided`),
    // The same of the version before that.
    index('analyses_measured')
      .on(
        table.timestamp,
        table.id,
        table.facility,
        table.productSku,
        table.correctedSku,
        table.lineId,
        table.shift,
        table.partId,
        table.verdict,
        table.defectDetected,
        table.defectType,
        table.severity,
        table.probableStage,
        table.reviewedVerdict,
        table.confidence,
        table.latencyMs,
        table.costUsd,
      )
      .where(sql`not voided`),
    // What the totals are counted by: read alone, it is a fraction of the table.
    index('analyses_counted')
      .on(table.defectDetected, table.defectType, table.severity, table.probableStage)
      .where(sql`not voided`),
    // The same of the version before.
    index('analyses_counts').on(table.defectDetected, table.defectType, table.severity, table.probableStage),
    index('analyses_duplicate').on(table.imageSha256, table.productSku, table.facility),
    index('analyses_image').on(table.imageS3Key),
    uniqueIndex('analyses_ingest').on(table.ingestId).where(sql`ingest_id is not null`),
    uniqueIndex('analyses_request').on(table.requestRef).where(sql`request_ref is not null`),
    // The version before searches by this one; the next removes it.
    index('analyses_search').using('gin', table.searchText.op('gin_trgm_ops')),
    // By ICU: lower() of the database folds no more than its locale, which is C in the embedded one.
    index('analyses_search_folded').using(
      'gin',
      sql`(lower(normalize(search_text, NFKC) collate "und-x-icu")) gin_trgm_ops`,
    ),
    check('analyses_confidence_range', sql`confidence between 0 and 1`),
  ],
)

/** API keys beside the administrator's: the SHA-256 of 256 random bits, never the key. */
export const apiKeys = pgTable('api_keys', {
  id: uuid('id').primaryKey().defaultRandom(),
  keyHash: varchar('key_hash', { length: 128 }).unique().notNull(),
  description: varchar('description', { length: 255 }),
  /** Requests a minute. */
  rateLimit: integer('rate_limit').default(300),
  isActive: boolean('is_active').default(true),
  createdAt: moment('created_at').defaultNow(),
  lastUsedAt: moment('last_used_at'),

  /** How the key begins ("wiko_" and 8 hex digits) and ends: what a person tells it by. */
  prefix: varchar('prefix', { length: 16 }),
  lastFour: varchar('last_four', { length: 4 }),
  /** Null, of rows from before there were scopes: analyse and read. */
  scopes: text('scopes').array().$type<Scope[]>(),
  expiresAt: moment('expires_at'),
  revokedAt: moment('revoked_at'),
  /** The key before the last rotation, good until then: the row stays, and with it the caller, duplicates and budgets. */
  previousKeyHash: varchar('previous_key_hash', { length: 128 }).unique(),
  previousExpiresAt: moment('previous_expires_at'),
  /** Requests a minute on the routes that call the model; null: no limit beside rate_limit. */
  modelRateLimit: integer('model_rate_limit'),
  /** Budgets of a UTC day; null: none. */
  dailyAnalyses: integer('daily_analyses'),
  dailyTokens: bigint('daily_tokens', { mode: 'number' }),
  dailyCostUsd: numeric('daily_cost_usd', { precision: 12, scale: 6, mode: 'number' }),
  /** The caller that made it. */
  createdBy: varchar('created_by', { length: 60 }),
})

/** One row for each call under /api/v1; refusals (401, 429) are summed per address and minute. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    apiKeyId: uuid('api_key_id').references(() => apiKeys.id),
    /** The route's pattern, not the path: no ids, no query. */
    endpoint: varchar('endpoint', { length: 255 }),
    method: varchar('method', { length: 10 }),
    ipAddress: inet('ip_address'),
    timestamp: moment('timestamp').defaultNow(),
    responseCode: integer('response_code'),

    requestId: varchar('request_id', { length: 100 }),
    /** "open", "admin", "key:<id>", "image-link" or "anonymous". */
    caller: varchar('caller', { length: 60 }),
    /** The name that the person gave when the session was opened. */
    person: varchar('person', { length: 100 }),
    /** How many calls the row stands for: more than one in a sum. */
    calls: integer('calls').notNull().default(1),
  },
  (table) => [index('audit_log_newest').on(table.timestamp.desc().nullsFirst())],
)

export * from './tables/chart-baselines.ts'
export * from './tables/events.ts'
export * from './tables/explanations.ts'
export * from './tables/housekeeping.ts'
export * from './tables/idempotency.ts'
export * from './tables/ingest.ts'
export * from './tables/inspected-units.ts'
export * from './tables/reviews.ts'
export * from './tables/shift-hours.ts'
export * from './tables/translations.ts'
export * from './tables/usage.ts'
