import { randomUUID } from 'node:crypto'
import { and, eq, inArray, ne, notInArray, sql } from 'drizzle-orm'
import type { AnalysisRow } from '../../../drizzle/schema.ts'
import { analyses, ingestJobs } from '../../../drizzle/schema.ts'
import type { Db, Transaction } from '../../database/database.ts'
import type { JobQueue } from '../../platform/queue/queue.ts'

export type IngestRow = typeof ingestJobs.$inferSelect
export type NewIngest = Omit<typeof ingestJobs.$inferInsert, 'imageId' | 'status' | 'enqueuedAt' | 'attempts'>

/** Payload of a queue job; everything else is in the row. */
export interface IngestJob {
  imageId: string
}

const UNFINISHED = ['queued', 'processing'] as const

/** Accepts a picture: writes its row and job in one transaction. Returns the existing row if the requestRef has one. */
export async function accept(
  db: Db,
  queue: Pick<JobQueue, 'send'>,
  values: NewIngest,
  retryLimit: number,
): Promise<IngestRow> {
  return db.transaction(async (tx) => {
    const imageId = randomUUID()
    const [row] = await tx
      .insert(ingestJobs)
      .values({ ...values, imageId })
      .onConflictDoNothing()
      .returning()
    if (row) {
      await queue.send(tx, 'ingest', { imageId } satisfies IngestJob, { retryLimit })
      return row
    }
    const [existing] = values.requestRef
      ? await tx.select().from(ingestJobs).where(eq(ingestJobs.requestRef, values.requestRef))
      : []
    if (!existing) throw new Error('Ingest job was neither inserted nor found by its request reference')
    return existing
  })
}

export async function findByRef(db: Db, requestRef: string): Promise<IngestRow | undefined> {
  const [row] = await db.select().from(ingestJobs).where(eq(ingestJobs.requestRef, requestRef))
  return row
}

/** A job with its result, if there is one. */
export async function findIngest(
  db: Db,
  imageId: string,
): Promise<{ job: IngestRow; analysis: AnalysisRow | null } | undefined> {
  const [found] = await db
    .select({ job: ingestJobs, analysis: analyses })
    .from(ingestJobs)
    .leftJoin(analyses, eq(analyses.defectId, ingestJobs.defectId))
    .where(eq(ingestJobs.imageId, imageId))
  return found
}

/** Starts an attempt. Undefined if the job has already ended, as the queue may deliver a job twice. */
export async function startAttempt(db: Db, imageId: string): Promise<IngestRow | undefined> {
  const [row] = await db
    .update(ingestJobs)
    .set({ status: 'processing', startedAt: sql`now()`, attempts: sql`${ingestJobs.attempts} + 1`, error: null })
    .where(and(eq(ingestJobs.imageId, imageId), inArray(ingestJobs.status, UNFINISHED)))
    .returning()
  return row
}

/** Records the result, even for a job that was marked as failed before. */
export async function markDone(db: Db | Transaction, imageId: string, row: AnalysisRow): Promise<void> {
  await db
    .update(ingestJobs)
    .set({ status: 'done', finishedAt: sql`now()`, error: null, defectId: row.defectId, imageKey: row.imageS3Key })
    .where(and(eq(ingestJobs.imageId, imageId), ne(ingestJobs.status, 'done')))
}

/** Returns the job to the queue after a failed attempt. */
export async function requeue(db: Db | Transaction, imageId: string, error: string): Promise<void> {
  await db
    .update(ingestJobs)
    .set({ status: 'queued', error })
    .where(and(eq(ingestJobs.imageId, imageId), eq(ingestJobs.status, 'processing')))
}

/** Replaces the job by a delayed one with all its retries, for failures that cannot succeed before `seconds` have passed. */
export async function postpone(
  db: Db,
  queue: Pick<JobQueue, 'send'>,
  imageId: string,
  error: string,
  { seconds, retryLimit }: { seconds: number; retryLimit: number },
): Promise<void> {
  await db.transaction(async (tx) => {
    await requeue(tx, imageId, error)
    await queue.send(tx, 'ingest', { imageId } satisfies IngestJob, { retryLimit, startAfter: seconds })
  })
}

/** Marks the job as failed, by default with the error of its last attempt. False if the job had already ended. */
export async function markFailed(db: Db, imageId: string, error?: string): Promise<boolean> {
  const died = 'The service stopped during every attempt to analyse this picture; send it again'
  const { rowCount } = await db
    .update(ingestJobs)
    .set({
      status: 'failed',
      finishedAt: sql`now()`,
      error: error ?? sql`coalesce(${ingestJobs.error}, ${died})`,
    })
    .where(and(eq(ingestJobs.imageId, imageId), notInArray(ingestJobs.status, ['done', 'failed'])))
  return (rowCount ?? 0) > 0
}

/** Number of waiting jobs, and the age of the oldest in seconds (0 if there is none). */
export async function queueState(db: Db): Promise<{ length: number; oldestSeconds: number }> {
  const [state] = await db
    .select({
      length: sql<number>`count(*)::int`,
      oldestSeconds: sql<number>`coalesce(extract(epoch from now() - min(${ingestJobs.enqueuedAt})), 0)::float8`,
    })
    .from(ingestJobs)
    .where(eq(ingestJobs.status, 'queued'))
  return state ?? { length: 0, oldestSeconds: 0 }
}

/** The subset of these image keys that an ingest job refers to. */
export async function keysWithJob(db: Db, keys: string[]): Promise<Set<string>> {
  const rows = await db.select({ key: ingestJobs.imageKey }).from(ingestJobs).where(inArray(ingestJobs.imageKey, keys))
  return new Set(rows.map(({ key }) => key))
}
