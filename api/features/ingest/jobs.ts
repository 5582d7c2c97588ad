import { randomUUID } from 'node:crypto'
import { and, eq, inArray, ne, notInArray, sql } from 'drizzle-orm'
import type { AnalysisRow } from '../../../drizzle/schema.ts'
import { analyses, ingestJobs } from '../../../drizzle/schema.ts'
import type { Db, Transaction } from '../../database/database.ts'
import type { JobQueue } from '../../platform/queue/queue.ts'

export type IngestRow = typeof ingestJobs.$inferSelect
export type NewIngest = Omit<typeof ingestJobs.$inferInsert, 'imageId' | 'status' | 'enqueuedAt' | 'attempts'>

/** What a queue job carries; all else is in the row. */
export interface IngestJob {
  imageId: string
}

const UNFINISHED = ['queued', 'processing'] as const

/** Accepts a picture: the row and its job exist together or not at all. A requestRef that has a row already gives that one. */
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
    const [made] = values.requestRef
      ? await tx.select().from(ingestJobs).where(eq(ingestJobs.requestRef, values.requestRef))
      : []
    if (!made) throw new Error('the ingest job could not be written')
    return made
  })
}

export async function findByRef(db: Db, requestRef: string): Promise<IngestRow | undefined> {
  const [row] = await db.select().from(ingestJobs).where(eq(ingestJobs.requestRef, requestRef))
  return row
}

/** A job with its result, where it has one. */
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

/** Begins an attempt; undefined where the job is done or failed already, as a job may be handed out twice. */
export async function begin(db: Db, imageId: string): Promise<IngestRow | undefined> {
  const [row] = await db
    .update(ingestJobs)
    .set({ status: 'processing', startedAt: sql`now()`, attempts: sql`${ingestJobs.attempts} + 1`, error: null })
    .where(and(eq(ingestJobs.imageId, imageId), inArray(ingestJobs.status, UNFINISHED)))
    .returning()
  return row
}

/** The result is there. A job that had been given up is done after all. */
export async function markDone(db: Db | Transaction, imageId: string, row: AnalysisRow): Promise<void> {
  await db
    .update(ingestJobs)
    .set({ status: 'done', finishedAt: sql`now()`, error: null, defectId: row.defectId, imageKey: row.imageS3Key })
    .where(and(eq(ingestJobs.imageId, imageId), ne(ingestJobs.status, 'done')))
}

/** The attempt failed and another one follows. */
export async function putBack(db: Db | Transaction, imageId: string, error: string): Promise<void> {
  await db
    .update(ingestJobs)
    .set({ status: 'queued', error })
    .where(and(eq(ingestJobs.imageId, imageId), eq(ingestJobs.status, 'processing')))
}

/** Nothing is gained by trying before that many seconds have passed: this job ends, and another one with all retries comes then. */
export async function postpone(
  db: Db,
  queue: Pick<JobQueue, 'send'>,
  imageId: string,
  error: string,
  { seconds, retryLimit }: { seconds: number; retryLimit: number },
): Promise<void> {
  await db.transaction(async (tx) => {
    await putBack(tx, imageId, error)
    await queue.send(tx, 'ingest', { imageId } satisfies IngestJob, { retryLimit, startAfter: seconds })
  })
}

/** There will be no result. `error`: the reason; without it, that of the last attempt. False where the job had ended already. */
export async function markFailed(db: Db, imageId: string, error?: string): Promise<boolean> {
  const died = 'The service ended while it worked on this picture, each time that it tried; send it again'
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

/** Jobs that wait for a worker, and for how many seconds the oldest has (0 where none does). */
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

/** Of these image keys, those that a job points to. */
export async function keysWithJob(db: Db, keys: string[]): Promise<Set<string>> {
  const rows = await db.select({ key: ingestJobs.imageKey }).from(ingestJobs).where(inArray(ingestJobs.imageKey, keys))
  return new Set(rows.map(({ key }) => key))
}
