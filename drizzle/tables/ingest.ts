import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core'
import type { PhotoFields } from '../../api/domain/photo.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

export const INGEST_STATUSES = ['queued', 'processing', 'done', 'failed'] as const
export type IngestStatus = (typeof INGEST_STATUSES)[number]

/** Pictures of cameras that do not wait: what was accepted, and what became of it. pg-boss only says whose turn it is. */
export const ingestJobs = pgTable(
  'ingest_jobs',
  {
    imageId: uuid('image_id').primaryKey(),
    /** Caller.id: the one who may ask for the result. */
    caller: varchar('caller', { length: 60 }).notNull(),
    /** The name that the person gave when the session was opened. */
    person: varchar('person', { length: 100 }),
    /** What the client said of the photo, checked. */
    parameters: jsonb('parameters').$type<Omit<PhotoFields, 'caller'>>().notNull(),
    /** The client's own data, given back as sent. */
    metadata: jsonb('metadata').$type<Record<string, unknown>>(),
    /** Of the image store; of a duplicate, the picture of the analysis that answers it. */
    imageKey: varchar('image_key', { length: 255 }).notNull(),
    imageSha256: varchar('image_sha256', { length: 64 }).notNull(),
    imageWidth: integer('image_width').notNull(),
    imageHeight: integer('image_height').notNull(),
    status: varchar('status', { length: 10 }).$type<IngestStatus>().notNull().default('queued'),
    enqueuedAt: moment('enqueued_at').notNull().defaultNow(),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
    attempts: integer('attempts').notNull().default(0),
    defectId: varchar('defect_id', { length: 50 }),
    /** Why the last attempt failed, in words for the client. */
    error: text('error'),
    /** Of a request with an Idempotency-Key: sent again, it finds what it made. */
    requestRef: varchar('request_ref', { length: 60 }).unique(),
  },
  (table) => [
    index('ingest_jobs_waiting').on(table.enqueuedAt).where(sql`status = 'queued'`),
    index('ingest_jobs_image').on(table.imageKey),
    index('ingest_jobs_finished').on(table.finishedAt).where(sql`finished_at is not null`),
    check('ingest_jobs_status', sql`status in ('queued', 'processing', 'done', 'failed')`),
  ],
)
