import { randomBytes } from 'node:crypto'
import { and, desc, eq, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import type { AnalysisRow } from '../../../drizzle/schema.ts'
import { analyses } from '../../../drizzle/schema.ts'
import type { Db, Transaction } from '../../database/database.ts'
import type { PhotoFields } from '../../domain/photo.ts'
import { cleanJson } from '../../domain/text.ts'

/** DEF-YYYYMMDD-XXXXXXXX: the UTC date and eight random hex digits. */
const newDefectId = (now: Date): string =>
  `DEF-${now.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(4).toString('hex').toUpperCase()}`

/** The newest result of the same picture, asked for in the same way by the same caller. */
export async function findDuplicate(
  db: Db,
  photo: PhotoFields,
  sha256: string,
  analyzer: string,
): Promise<AnalysisRow | undefined> {
  const [row] = await db
    .select()
    .from(analyses)
    .where(
      and(
        eq(analyses.imageSha256, sha256),
        eq(analyses.productSku, photo.productSku),
        eq(analyses.facility, photo.facility),
        eq(analyses.language, photo.language),
        eq(analyses.caller, photo.caller),
        // What the local analyzer said is no answer once the model is there.
        eq(analyses.analyzer, analyzer),
        // A test shot is no answer to a photo that counts.
        photo.testShot ? undefined : or(sql`not ${analyses.voided}`, isNotNull(analyses.review)),
      ),
    )
    .orderBy(desc(analyses.timestamp))
    .limit(1)
  return row
}

type Origin = Pick<typeof analyses.$inferInsert, 'requestRef' | 'ingestId'>

/** The row that an ingest job or a request with an Idempotency-Key has made, of which it has one or the other. The second condition is for the index. */
function fromOrigin({ requestRef, ingestId }: Origin): SQL | undefined {
  const origin = sql`coalesce(${analyses.requestRef}, ${analyses.ingestId}::text)`
  if (requestRef) return and(sql`${origin} = ${requestRef}`, eq(analyses.requestRef, requestRef))
  if (ingestId) return and(sql`${origin} = ${ingestId}`, eq(analyses.ingestId, ingestId))
  return undefined
}

/** What an earlier run of a request with an Idempotency-Key has made. */
export async function findByRef(db: Db, requestRef: string): Promise<AnalysisRow | undefined> {
  const [row] = await db.select().from(analyses).where(fromOrigin({ requestRef }))
  return row
}

/** The new row, or the one that an earlier run of the same job or request has made. */
export async function insertAnalysis(
  tx: Db | Transaction,
  values: Omit<typeof analyses.$inferInsert, 'defectId'>,
): Promise<AnalysisRow> {
  const same = fromOrigin(values)
  for (let attempt = 0; attempt < 5; attempt++) {
    const [row] = await tx
      .insert(analyses)
      .values({ ...cleanJson(values), defectId: newDefectId(values.timestamp) })
      .onConflictDoNothing()
      .returning()
    if (row) return row
    const [known] = same ? await tx.select().from(analyses).where(same) : []
    if (known) return known
  }
  throw new Error('five defect ids in a row were taken')
}
