import { randomUUID } from 'node:crypto'
import { and, asc, count, eq, gt, inArray, lt, ne, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../api/database/database.ts'
import type { ImageStore } from '../../api/images/store.ts'
import { analyses, auditLog, events, explanations, ingestJobs, reviews, translations } from '../../drizzle/schema.ts'

/** Whose pictures go: those of a product (as corrected by people, where they did), all or those from before a moment. */
export interface Scope {
  readonly product: string
  readonly before: Date | null
}

export interface Deletion extends Scope {
  /** `keep`: figures and texts stay, without pictures. `delete`: the rows go too. */
  readonly rows: 'keep' | 'delete'
  /** Who does it, for the audit log. */
  readonly person: string
}

/** What is in the scope. */
export interface Contents {
  readonly analyses: number
  /** Of these, with a picture that was not erased by an earlier run. */
  readonly withPicture: number
  readonly reviews: number
  /** Causes and actions that people have confirmed. */
  readonly explanations: number
  readonly translations: number
  /** Photos of the ingest queue that ended without an analysis: they have pictures too. */
  readonly failedJobs: number
  /** Photos of the ingest queue that are not done: while there are any, nothing may be deleted. */
  readonly openJobs: number
}

export interface Outcome {
  readonly pictures: number
  /** Objects and versions that were erased. */
  readonly objects: number
  /** Pictures that stay, as results outside of the scope have the same. */
  readonly shared: number
  readonly rows: number
}

/** What image_sha256 is after the picture was erased: no photo has it, so none is answered by a result without a picture. */
const ERASED = ''
const BATCH = 200
const AT_ONCE = 8

const inScope = ({ product, before }: Scope): SQL =>
  and(
    sql`coalesce(${analyses.correctedSku}, ${analyses.productSku}) = ${product}`,
    before ? lt(analyses.timestamp, before) : undefined,
  ) as SQL

const jobOf = ({ product, before }: Scope): SQL =>
  and(
    sql`${ingestJobs.parameters} ->> 'productSku' = ${product}`,
    before ? lt(ingestJobs.enqueuedAt, before) : undefined,
  ) as SQL

const failedOf = (scope: Scope) => and(jobOf(scope), eq(ingestJobs.status, 'failed'))
const withPicture = ne(ingestJobs.imageSha256, ERASED)

/** Counts what a deletion would touch; changes nothing. */
export async function contentsOf(db: Db, scope: Scope): Promise<Contents> {
  const [found] = await db
    .select({ all: count(), withPicture: sql<number>`count(*) filter (where image_sha256 <> ${ERASED})::int` })
    .from(analyses)
    .where(inScope(scope))
  const rowsOf = async (table: typeof reviews | typeof explanations | typeof translations) => {
    const [row] = await db
      .select({ all: count() })
      .from(table)
      .innerJoin(analyses, eq(table.analysisId, analyses.id))
      .where(inScope(scope))
    return row?.all ?? 0
  }
  return {
    analyses: found?.all ?? 0,
    withPicture: found?.withPicture ?? 0,
    reviews: await rowsOf(reviews),
    explanations: await rowsOf(explanations),
    translations: await rowsOf(translations),
    failedJobs: await db.$count(ingestJobs, and(failedOf(scope), withPicture)),
    openJobs: await db.$count(
      ingestJobs,
      and(jobOf({ ...scope, before: null }), inArray(ingestJobs.status, ['queued', 'processing'])),
    ),
  }
}

/**
 * Erases the pictures of a product with all their versions, then marks or deletes the rows, in batches: pictures first, so that a run that
 * was cut short is finished by the next one and no picture stays that no row tells of. Two rows of the audit log say that it began and
 * how it ended. `db` is connected as the owner of the tables, as the API's own user may delete neither reviews, explanations nor translations.
 * Throws where photos of the product still wait in the queue.
 */
export async function deleteProduct(db: Db, store: Pick<ImageStore, 'erase'>, deletion: Deletion): Promise<Outcome> {
  const contents = await contentsOf(db, deletion)
  if (contents.openJobs > 0) throw new Error(`${contents.openJobs} photos of ${deletion.product} wait in the queue`)
  const requestId = randomUUID()
  const note = (responseCode: number, calls: number) =>
    db.insert(auditLog).values(auditRow(deletion, requestId, responseCode, calls))
  await note(202, contents.analyses)
  const total = { pictures: 0, objects: 0, shared: 0, rows: 0 }

  for (let after: string | null = null; ; ) {
    const batch: Row[] = await db
      .select({ id: analyses.id, key: analyses.imageS3Key, defectId: analyses.defectId })
      .from(analyses)
      .where(
        and(
          inScope(deletion),
          deletion.rows === 'keep' ? ne(analyses.imageSha256, ERASED) : undefined,
          after === null ? undefined : gt(analyses.id, after),
        ),
      )
      .orderBy(asc(analyses.id))
      .limit(BATCH)
    if (batch.length === 0) break
    after = batch.at(-1)?.id ?? null
    await erase(db, store, deletion, [...new Set(batch.map(({ key }) => key))], total)
    await (deletion.rows === 'keep' ? forgetPictures(db, batch) : deleteRows(db, batch))
    total.rows += batch.length
  }

  const failed = await db
    .select({ id: ingestJobs.imageId, key: ingestJobs.imageKey })
    .from(ingestJobs)
    .where(and(failedOf(deletion), deletion.rows === 'keep' ? withPicture : undefined))
  for (let start = 0; start < failed.length; start += BATCH) {
    const batch = failed.slice(start, start + BATCH)
    await erase(db, store, deletion, [...new Set(batch.map(({ key }) => key))], total)
    const ids = inArray(
      ingestJobs.imageId,
      batch.map(({ id }) => id),
    )
    await (deletion.rows === 'keep'
      ? db.update(ingestJobs).set({ imageSha256: ERASED }).where(ids)
      : db.delete(ingestJobs).where(ids))
  }
  await note(200, total.rows)
  return total
}

interface Row {
  id: string
  key: string
  defectId: string
}

async function forgetPictures(db: Db, batch: Row[]): Promise<void> {
  const ids = batch.map(({ id }) => id)
  const keys = batch.map(({ key }) => key)
  await db.transaction(async (tx) => {
    await tx.update(analyses).set({ imageSha256: ERASED }).where(inArray(analyses.id, ids))
    await tx.update(ingestJobs).set({ imageSha256: ERASED }).where(inArray(ingestJobs.imageKey, keys))
  })
}

async function deleteRows(db: Db, batch: Row[]): Promise<void> {
  const ids = batch.map(({ id }) => id)
  const defectIds = batch.map(({ defectId }) => defectId)
  await db.transaction(async (tx) => {
    await tx.delete(reviews).where(inArray(reviews.analysisId, ids))
    await tx.delete(explanations).where(inArray(explanations.analysisId, ids))
    await tx.delete(translations).where(inArray(translations.analysisId, ids))
    await tx.delete(events).where(inArray(events.defectId, defectIds))
    await tx.delete(ingestJobs).where(inArray(ingestJobs.defectId, defectIds))
    await tx.delete(analyses).where(inArray(analyses.id, ids))
  })
}

/** Erases those of the pictures that nothing outside of the scope refers to. */
async function erase(
  db: Db,
  store: Pick<ImageStore, 'erase'>,
  scope: Scope,
  keys: string[],
  total: { pictures: number; objects: number; shared: number },
): Promise<void> {
  const others = await db
    .select({ key: analyses.imageS3Key })
    .from(analyses)
    .where(and(inArray(analyses.imageS3Key, keys), sql`not (${inScope(scope)})`))
  const waiting = await db
    .select({ key: ingestJobs.imageKey })
    .from(ingestJobs)
    .where(and(inArray(ingestJobs.imageKey, keys), inArray(ingestJobs.status, ['queued', 'processing'])))
  const shared = new Set([...others, ...waiting].map(({ key }) => key))
  const own = keys.filter((key) => !shared.has(key))
  for (let start = 0; start < own.length; start += AT_ONCE) {
    const erased = await Promise.all(own.slice(start, start + AT_ONCE).map((key) => store.erase(key)))
    total.objects += erased.reduce((sum, each) => sum + each, 0)
    total.pictures += erased.filter((each) => each > 0).length
  }
  total.shared += shared.size
}

function auditRow({ product, before, rows, person }: Deletion, requestId: string, responseCode: number, calls: number) {
  const until = before ? ` BEFORE=${before.toISOString()}` : ''
  return {
    endpoint: `make delete-product PRODUCT=${product} ROWS=${rows}${until}`,
    method: 'DELETE',
    responseCode,
    requestId,
    caller: 'operator',
    person,
    calls,
  }
}
