import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { and, asc, eq } from 'drizzle-orm'
import t from 'tap'
import type { Static } from 'typebox'
import type { StoredReview } from '../../api/domain/review.ts'
import type { AnalysisBody, AnalysisList } from '../../api/features/analyses/schemas.ts'
import type { NewReviewBody } from '../../api/features/reviews/schemas.ts'
import { reviewService } from '../../api/features/reviews/service.ts'
import { analyses, dailyUsage, inspectedUnits, reviews } from '../../drizzle/schema.ts'
import { createRandom } from '../../fixtures/sample-parts/random.ts'
import { isBadWeek, runsOf } from '../../scripts/demo-data/plant.ts'
import { lastingDatabase } from '../support/lasting-database.ts'
import { startService } from '../support/service.ts'

const COUNT = 2500
const DAYS = 28
const UNTIL = new Date('2026-11-20T05:00:00Z')

const { env, sql, dataDir } = await lastingDatabase(t)

async function demoData(args: string[], more: Record<string, string> = {}) {
  const script = resolve(import.meta.dirname, '../../scripts/demo-data.ts')
  const child = spawn(process.execPath, [script, ...args], { env: { ...process.env, ...env, ...more } })
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.once('exit', done)),
  ])
  return { out, err, code }
}
const few = [`--count=${COUNT}`, `--days=${DAYS}`, `--until=${UNTIL.toISOString()}`]
const pictures = () =>
  readdirSync(join(dataDir, 'images'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('image.jpg'),
  )

t.test('in production it refuses before anything else', async (t) => {
  const { code, err } = await demoData([], { ENVIRONMENT: 'production' })
  t.equal(code, 1)
  t.match(err, /^ENVIRONMENT is production: demo data are for development and test only\n$/)
})

t.test('a wrong number is refused in words', async (t) => {
  const { code, err } = await demoData(['--count=ten'])
  t.equal(code, 1)
  t.match(err, /^--count must be a whole number from 100 to 1,000,000\n/)
})

t.test('the database and the store are filled', async (t) => {
  const { code, out, err } = await demoData(few)
  t.equal(code, 0, err)
  t.match(out, /^2,500 photos of [\d,]+ parts, \d+ reviews, \d+ pictures, in \d+ s\.\n/)
  t.match(err, /Writing rows: 2,500 of 2,500/)
})

const service = await startService(env)
t.teardown(() => service.close())
const { db } = service.database
const get = async <T>(path: string): Promise<T> => (await (await fetch(`${service.url}/api/v1${path}`)).json()) as T

t.test('a second run changes nothing and says why', async (t) => {
  const { code, err } = await demoData(few)
  t.equal(code, 1)
  t.equal(err, 'The demo data are there already; --remove takes them away\n')
  t.equal(await db.$count(analyses), COUNT)
})

t.test('the rows are of a plausible plant', async (t) => {
  const rows = await db.select().from(analyses).orderBy(asc(analyses.timestamp))
  t.equal(rows.length, COUNT)
  const share = (of: (row: (typeof rows)[number]) => boolean) => rows.filter(of).length / rows.length
  t.ok(share((row) => row.facility === 'yangjiang') > 0.85)
  t.same(
    [...new Set(rows.map((row) => row.productSku))].toSorted(),
    service.config.products.map(({ code }) => code).toSorted(),
  )
  t.ok(share((row) => row.defectDetected) > 0.05 && share((row) => row.defectDetected) < 0.3)
  t.ok(share((row) => row.verdict === 'review') > 0.005 && share((row) => row.verdict === 'review') < 0.08)
  t.same([...new Set(rows.map((row) => row.language))].toSorted(), ['en', 'zh-Hans', 'zh-Hant'])
  t.equal(new Set(rows.map((row) => row.modelVersion)).size, 2)
  t.ok(
    rows.every((row) => row.defectType !== 'rust_spot' || row.severity === 'critical'),
    'rust is always critical',
  )
  const photos = Map.groupBy(rows, (row) => row.partId)
  t.same([...new Set([...photos.values()].map((of) => of.length))].toSorted(), [1, 2, 3])
  t.ok(
    rows.every(
      ({ boundingBox: box, imageWidth, imageHeight }) =>
        !box || (box.x + box.width <= imageWidth && box.y + box.height <= imageHeight),
    ),
    'boxes are on their pictures',
  )
  const first = rows[0]?.timestamp.getTime() ?? 0
  t.ok(Math.abs(UNTIL.getTime() - first - DAYS * 86_400_000) < 86_400_000 * 1.5, 'over the days asked for')
  t.ok(
    rows.every((row) => row.timestamp.getTime() <= Date.now()),
    'nothing is of tomorrow',
  )
})

t.test('the bad week stands out, and elsewhere the rate of the inspected units is around the target', async (t) => {
  const days = new Map(runsOf(createRandom(1), DAYS, UNTIL).map((run) => [run.day, run]))
  const units = await db.select().from(inspectedUnits)
  const parts = await db.select().from(analyses).where(eq(analyses.defectDetected, true))
  const rate = (bad: boolean) => {
    const chosen = new Set(
      [...days.values()]
        .filter((run) => isBadWeek({ ...run, facility: 'yangjiang', sku: 'WK-KN-200' }, DAYS) === bad)
        .map(({ day }) => day),
    )
    const inspected = units.reduce((sum, row) => sum + (chosen.has(row.day) ? row.units : 0), 0)
    // The part_id begins with the day on which its shift began.
    const short = new Set([...chosen].map((day) => `P${day.slice(2).replaceAll('-', '')}`))
    const defective = new Set(parts.map(({ partId }) => partId ?? '').filter((id) => short.has(id.slice(0, 7))))
    return (100 * defective.size) / inspected
  }
  t.ok(rate(false) > 0.1 && rate(false) < 0.3, `${rate(false).toFixed(3)} %`)
  t.ok(rate(true) > 2 * rate(false), `${rate(true).toFixed(3)} %`)
})

t.test('the review columns are what the service would have written', async (t) => {
  const said = await db.select().from(reviews).orderBy(asc(reviews.analysisId), asc(reviews.number))
  const kinds = Object.groupBy(said, ({ kind }) => kind)
  t.ok((kinds.confirm?.length ?? 0) > (kinds.correct?.length ?? 0), 'mostly confirmed')
  t.ok((kinds.correct?.length ?? 0) > 0 && (kinds.void?.length ?? 0) > 0 && (kinds.unsure?.length ?? 0) > 0)
  const byAnalysis = Map.groupBy(said, ({ analysisId }) => analysisId)
  const reviewedRows = (await db.select().from(analyses)).filter(({ review }) => review !== null)
  t.equal(reviewedRows.length, byAnalysis.size, 'an analysis shows a review where there are some')

  // Each is said anew, through the service, of an analysis that nobody has judged.
  const again = reviewService(db, service.config.products)
  const unjudged = { review: null, reviewedVerdict: null, reviewedType: null, correctedSku: null, voided: false }
  const timeless = (review: StoredReview | null) => review && { ...review, id: '', reviewed_at: '' }
  for (const row of reviewedRows) {
    const history = byAnalysis.get(row.id) ?? []
    await db.delete(reviews).where(eq(reviews.analysisId, row.id))
    await db.update(analyses).set(unjudged).where(eq(analyses.id, row.id))
    let now = row
    for (const review of history) {
      now = await again.add(row.defectId, asSaid(review), {
        person: review.person,
        caller: review.caller,
        requestRef: undefined,
      })
    }
    const columns = ({ reviewedVerdict, reviewedType, correctedSku, voided, review }: typeof row) => ({
      reviewedVerdict,
      reviewedType,
      correctedSku,
      voided,
      review: timeless(review),
    })
    if (JSON.stringify(columns(now)) !== JSON.stringify(columns(row))) t.same(columns(now), columns(row), row.defectId)
  }
  t.ok(reviewedRows.length > 50)
})

/** What the person must have said, from the row that it left. */
function asSaid(row: typeof reviews.$inferSelect): NewReviewBody {
  const said: NewReviewBody = { kind: row.kind, ...(row.comment ? { comment: row.comment } : {}) }
  if (row.productSku && row.kind !== 'void' && row.kind !== 'reinstate') said.product_sku = row.productSku
  if (row.kind !== 'correct') return said
  if (!row.defectDetected) return { ...said, verdict: 'ok' }
  const { defectType, severity, boundingBox } = row
  return {
    ...said,
    verdict: row.verdict === 'ng' ? 'ng' : 'ok',
    defect_detected: true,
    bounding_box: boundingBox,
    ...(defectType ? { defect_type: defectType } : {}),
    ...(severity ? { severity } : {}),
  }
}

t.test('the API serves them: list, totals, result, picture', async (t) => {
  const list = await get<Static<typeof AnalysisList>>('/analyses?limit=100&defect_type=rust_spot&truth=ai')
  t.ok(list.analyses.length > 10)
  const totals = await get<{ total_inspections: number }>('/stats')
  const voided = await db.$count(analyses, eq(analyses.voided, true))
  t.equal(totals.total_inspections, COUNT - voided)
  const [{ defect_id = '' } = {}] = list.analyses
  const result = await get<AnalysisBody>(`/analyses/${defect_id}`)
  t.equal(result.severity, 'critical')
  t.equal(result.five_why_chain.length, 5)
  for (const url of [result.image_url, result.thumbnail_url]) {
    const picture = await fetch(url)
    t.equal(picture.status, 200)
    t.equal(picture.headers.get('content-type'), 'image/jpeg')
    t.ok((await picture.arrayBuffer()).byteLength > 1000)
  }
})

t.test('the same seed and moment give the same runs', async (t) => {
  t.same(runsOf(createRandom(4), 10, UNTIL), runsOf(createRandom(4), 10, UNTIL))
  t.notSame(runsOf(createRandom(4), 10, UNTIL), runsOf(createRandom(5), 10, UNTIL))
})

t.test('what others have analysed stays when the demo data go, and needs a word when they come', async (t) => {
  const [row] = await db.select().from(analyses).limit(1)
  if (!row) throw new Error('no row')
  const { searchText, ...other } = row
  await db
    .insert(analyses)
    .values({ ...other, id: undefined, defectId: 'DEF-20261101-0000000A', caller: 'open', imageS3Key: 'others' })
  const day = UNTIL.toISOString().slice(0, 10)
  const usageOf = async (caller: string) =>
    (
      await db
        .select()
        .from(dailyUsage)
        .where(and(eq(dailyUsage.day, day), eq(dailyUsage.caller, caller)))
    )[0]
  t.same({ ...(await usageOf('demo')), caller: '*' }, await usageOf('*'))
  await sql.query(`update daily_usage set analyses = analyses + 7 where day = '${day}' and caller = '*'`)

  const { code, out, err } = await demoData(['--remove'])
  t.equal(code, 0, err)
  t.match(out, /^2,500 analyses and \d+ pictures are removed\.\n$/)
  t.same(await db.select({ id: analyses.defectId }).from(analyses), [{ id: 'DEF-20261101-0000000A' }])
  t.equal(await db.$count(reviews), 0)
  t.equal(await db.$count(inspectedUnits), 0)
  t.same(
    await db.select({ day: dailyUsage.day, caller: dailyUsage.caller, analyses: dailyUsage.analyses }).from(dailyUsage),
    [{ day, caller: '*', analyses: 7 }],
  )
  t.same(pictures(), [])

  t.match((await demoData(few)).err, /^The database holds analyses of others\. --beside adds/)
  t.equal(await db.$count(analyses), 1)
})
