/** The tallies follow every change of analyses: after any of them they are what a count of all photos gives. */
import { eq, inArray, sql } from 'drizzle-orm'
import t, { type Test } from 'tap'
import { openClient } from '../../api/database/connection.ts'
import { grantApiRole } from '../../api/database/roles.ts'
import { analyses } from '../../drizzle/schema.ts'
import { startReviews } from '../reviews/support.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { isUnusable, type Row, randomRows } from './brute-force.ts'

const { service, analyse, review } = await startReviews()
t.teardown(() => service.close())
const { db } = service.database

const TALLIES = ['photo_tallies', 'measure_tallies'] as const

/** Cells of which nothing is left may stay, all zero. */
async function talliesNow(): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {}
  for (const table of TALLIES) {
    const { rows } = await db.execute(
      sql.raw(`select to_jsonb(t) as cell from ${table} as t where photos <> 0 order by t::text`),
    )
    found[table] = rows.map(({ cell }) => cell)
  }
  return found
}

/** What there is must be what a count of all photos gives, and nothing may be left in a cell without photos. */
async function same(t: Test, what: string): Promise<void> {
  const kept = await talliesNow()
  const { rows: left } = await db.execute(sql`
    select * from photo_tallies where photos = 0 and (judged, waiting, final_passed, final_open, ai_passed, ai_open, human_passed, rated,
      confidence_sum, latency_sum, priced, cost_sum) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)`)
  t.same(left, [], `${what}: nothing left in empty cells`)
  await db.execute(sql`select recount_tallies()`)
  t.same(kept, await talliesNow(), what)
}

t.test('the tallies are what a count of all photos gives, after any sequence of changes', async (t) => {
  const now = new Date()
  const rows = randomRows(600, 30, now, 11)
  const newest = () => db.select({ photos: sql<number>`sum(photos)::int` }).from(sql`photo_tallies where days = 7`)
  for (let start = 0; start < rows.length; start += 100)
    await db.insert(analyses).values(rows.slice(start, start + 100))
  await same(t, 'inserts of many')
  const [counted] = await newest()
  t.equal(counted?.photos, rows.filter((row) => !row.voided && !isUnusable(row)).length)

  // Late arrivals, one at a time, also of a day and a product that there were not.
  for (const row of randomRows(20, 90, now, 12)) await db.insert(analyses).values({ ...row, productSku: 'WK-CI-280' })
  await same(t, 'late arrivals')

  const ids = rows.map(({ id }) => id as string)
  const change = (from: number, set: Partial<Row>) =>
    db
      .update(analyses)
      .set(set)
      .where(inArray(analyses.id, ids.slice(from, from + 40)))
  await change(0, { voided: true })
  await change(20, { voided: false })
  await change(60, { correctedSku: 'WK-CI-200' })
  await change(90, { reviewedVerdict: 'ok', reviewedType: null })
  await change(110, { reviewedVerdict: 'ng', reviewedType: 'rust_spot' })
  await change(130, { reviewedVerdict: null, reviewedType: null })
  await change(160, { facility: 'shenzhen', lineId: null, station: 'S9', timestamp: new Date(now.getTime() - 5e9) })
  await change(200, { confidence: null, costUsd: null, latencyMs: 123_456 })
  await change(240, { imageSha256: '' })
  await same(t, 'changes of what counts')

  await db.delete(analyses).where(inArray(analyses.id, ids.slice(30, 230)))
  await same(t, 'deletions')
  await db.delete(analyses)
  await same(t, 'the deletion of all')
  t.same(await talliesNow(), { photo_tallies: [], measure_tallies: [] })
})

t.test('what people say reaches the tallies with it', async (t) => {
  const { defect_id } = await analyse(resultOf([rust]), { line_id: 'L7' })
  const cell = async () => {
    const { rows } = await db.execute(sql`
      select product_sku as sku, photos, judged, final_passed as passed, ai_passed as ai from photo_tallies
      where days = 1 and line_id = 'L7' and photos > 0`)
    return rows
  }
  t.match(await cell(), [{ photos: 1, judged: 0, passed: 0, ai: 0 }])
  const said = async (body: object) => t.equal((await review(defect_id, body)).status, 201)
  await said({ kind: 'correct', verdict: 'ok', product_sku: 'WK-SC-200' })
  t.same(await cell(), [{ sku: 'WK-SC-200', photos: 1, judged: 1, passed: 1, ai: 0 }])
  await said({ kind: 'void' })
  t.same(await cell(), [])
  await said({ kind: 'reinstate' })
  await said({ kind: 'unsure' })
  t.match(await cell(), [{ photos: 1, judged: 0, passed: 0, ai: 0 }])
  await same(t, 'after reviews')
  await db.delete(analyses).where(eq(analyses.defectId, 'none'))
})

t.test('a change that is taken back leaves the tallies as they were', async (t) => {
  const before = await talliesNow()
  await db
    .transaction(async (tx) => {
      await tx.insert(analyses).values(randomRows(50, 3, new Date(), 13))
      throw new Error('taken back')
    })
    .catch((error: Error) => t.match(error.message, /taken back/))
  t.same(await talliesNow(), before)
})

t.test('changes at the same time, in any order, end in the same tallies', async (t) => {
  const rows = randomRows(200, 2, new Date(), 14)
  await db.insert(analyses).values(rows)
  const ids = rows.map(({ id }) => id as string)
  await Promise.all(
    Array.from({ length: 8 }, async (_, worker) => {
      const own = ids.filter((_, index) => index % 8 === worker)
      await db.insert(analyses).values(randomRows(40, 2, new Date(), 20 + worker))
      await db
        .update(analyses)
        .set({ correctedSku: worker % 2 ? 'WK-KN-100' : null })
        .where(inArray(analyses.id, own))
      if (worker % 2) await db.delete(analyses).where(inArray(analyses.id, own.slice(0, 10)))
    }),
  )
  await same(t, 'after changes at the same time')
})

t.test("the API's own user changes the tallies by its photos only", async (t) => {
  const client = await openClient(service.database.pool.options)
  t.teardown(() => client.end())
  await grantApiRole(client, 'wiko_api_tallies')
  await client.query('set role wiko_api_tallies')
  for (const forbidden of [
    'update photo_tallies set photos = 0',
    'delete from measure_tallies',
    'select recount_tallies()',
  ]) {
    await t.rejects(client.query(forbidden), { code: '42501' }, forbidden)
  }
  await client.query('begin')
  t.ok((await client.query("update analyses set line_id = 'L8' where line_id = 'L7'")).rowCount)
  t.ok((await client.query("select from photo_tallies where line_id = 'L8' and photos > 0")).rowCount)
  await client.query('rollback')
})
