import t from 'tap'
import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'
import type { ShiftReportBody, StoredScopeBody } from '../../api/features/reports/schemas.ts'
import type { QualityBody } from '../../api/features/reviews/quality-schemas.ts'
import { drawnForCheck } from '../../api/features/reviews/random-check.ts'
import type { StatisticsBody } from '../../api/features/statistics/schemas.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { rusty, startReviews } from './support.ts'

const cosmetic = (confidence = 0.9) =>
  resultOf([{ ...rust, defect_type: 'polish_defect', severity: 'cosmetic', confidence }])
const unusable = () => resultOf([], { unjudged: 'photo_unusable' })

type Reviews = Awaited<ReturnType<typeof startReviews>>

/** What is listed, by id. */
const listed = async ({ get }: Reviews, query: string): Promise<string[]> =>
  (await get<{ analyses: AnalysisBody[] }>(`/analyses?${query}`)).analyses.map(({ defect_id }) => defect_id).toSorted()
const counted = async ({ get }: Reviews, query: string): Promise<number> =>
  (await get<{ count: number }>(`/analyses/count?${query}`)).count
const figures = async ({ get }: Reviews, truth = 'final') =>
  (await get<StatisticsBody>(`/statistics?period=today&truth=${truth}`)).figures

t.test('list, count and dashboard have the same waiting: what needs a person, and nothing else', async (t) => {
  const reviews = await startReviews()
  t.teardown(() => reviews.service.close())
  const { analyse, review } = reviews
  const doubtful = await analyse(rusty(0.3))
  const unsure = await analyse(rusty())
  const judged = await analyse(rusty(0.2))
  const retake = await analyse(unusable())
  const voided = await analyse(rusty(0.2))
  await analyse()
  await analyse(rusty())
  await review(unsure.defect_id, { kind: 'unsure' })
  await review(judged.defect_id, { kind: 'confirm' })
  await review(voided.defect_id, { kind: 'void' })

  const wanted = [doubtful.defect_id, unsure.defect_id].toSorted()
  t.same(await listed(reviews, 'waiting=true'), wanted)
  t.equal(await counted(reviews, 'waiting=true'), 2)
  t.equal((await figures(reviews)).waiting_for_review, 2)
  t.equal(await counted(reviews, 'waiting=false'), 5)
  t.same(await listed(reviews, 'retake=true'), [retake.defect_id])

  await review(unsure.defect_id, { kind: 'confirm' })
  await review(doubtful.defect_id, { kind: 'correct', verdict: 'ok' })
  t.equal(await counted(reviews, 'waiting=true'), 0, 'what is judged waits no more')
  t.equal((await figures(reviews)).waiting_for_review, 0)
})

t.test('the random sample waits whatever the verdict, and recall is estimated from it alone', async (t) => {
  const reviews = await startReviews({ REVIEW_SAMPLE: '100' })
  t.teardown(() => reviews.service.close())
  const { analyse, review, get, service } = reviews
  const recall = async () => (await get<QualityBody>('/quality')).recall_estimate
  t.same(await recall(), { sample: 0, judged: 0, defects: 0, found: 0, recall: null, interval: null })

  const good = await analyse()
  const found = await analyse(rusty())
  const missed = await analyse()
  const open = await analyse()
  await analyse(unusable())
  t.equal(good.random_check, true)
  t.equal(await counted(reviews, 'waiting=true'), 4, 'good, bad, and no photo that cannot be judged')
  t.equal((await figures(reviews)).waiting_for_review, 4)

  // Not drawn, and so no part of the estimate, as much as it would flatter.
  const chosen = await analyse(rusty())
  await service.database.pool.query('update analyses set random_check = false where defect_id = $1', [chosen.defect_id])
  for (const { defect_id } of [good, found, chosen]) await review(defect_id, { kind: 'confirm' })
  await review(missed.defect_id, { kind: 'correct', verdict: 'ng', defect_type: 'blade_chip', severity: 'major' })
  t.same(await listed(reviews, 'waiting=true'), [open.defect_id])

  const quality = await get<QualityBody>('/quality')
  t.match(quality.detection, { recall: 0.6667 })
  t.match(quality.recall_estimate, { sample: 4, judged: 3, defects: 2, found: 1, recall: 0.5 })
  // Wilson for 1 of 2, by hand: 0.5 -+ 0.4057.
  t.match(quality.recall_estimate.interval, { low: 0.0945, high: 0.9055 })
})

t.test('the draw knows nothing of the verdict, and keeps its share', async (t) => {
  const drawn = (percent: number) => Array.from({ length: 20_000 }, () => drawnForCheck(percent)).filter(Boolean).length
  t.equal(drawn(0), 0)
  t.equal(drawn(100), 20_000)
  // 400 expected, standard deviation 19.8: seven of them.
  t.ok(Math.abs(drawn(2) - 400) < 140)
  t.equal(
    drawnForCheck(0.5, () => 4999),
    true,
  )
  t.equal(
    drawnForCheck(0.5, () => 5000),
    false,
    'shares below one percent count, too',
  )
})

t.test('a cosmetic flaw alone is OK everywhere, until a person says otherwise', async (t) => {
  const reviews = await startReviews()
  t.teardown(() => reviews.service.close())
  const { analyse, review, get, call } = reviews
  const since = new Date(Date.now() - 60_000).toISOString()
  const passed = await analyse(cosmetic())
  const doubtful = await analyse(cosmetic(0.3))
  t.match(passed, { verdict: 'ok', defect_detected: true, tolerated: true, effective: { verdict: 'ok' } })
  t.match(doubtful, { verdict: 'review', tolerated: true })

  const to = new Date(Date.now() + 60_000).toISOString()
  const everywhere = async (truth: string) => {
    const { report } = await bodyOf<{ report: ShiftReportBody }>(
      await call('POST', '/shift-report', { from: since, to, truth }),
    )
    const csv = await (await call('GET', `/analyses.csv?truth=${truth}`)).text()
    const [head = '', ...lines] = csv.trim().split('\n')
    const column = head.split(',').indexOf('counted_as_defect')
    return {
      statistics: (await figures(reviews, truth)).defects,
      list: await counted(reviews, `defect_detected=true&truth=${truth}`),
      report: report.total_defects,
      csv: lines.filter((line) => line.split(',')[column] === 'true').length,
    }
  }
  const none = { statistics: 0, list: 0, report: 0, csv: 0 }
  t.same(await everywhere('final'), none)
  t.same(await everywhere('ai'), none)
  t.match(await get('/stats'), { total_inspections: 2, total_defects: 0 })
  t.match(await get('/defects'), { count: 0 })

  const confirmed = await bodyOf<{ analysis: AnalysisBody }>(await review(doubtful.defect_id, { kind: 'confirm' }))
  t.match(confirmed.analysis, { effective: { verdict: 'ok', source: 'human' } })
  t.same(await everywhere('final'), none)
  await review(passed.defect_id, { kind: 'correct', verdict: 'ng', defect_type: 'polish_defect', severity: 'cosmetic' })
  t.same(await everywhere('final'), { statistics: 1, list: 1, report: 1, csv: 1 }, "a person's word counts")
  t.same(await everywhere('ai'), none)
})

t.test('where the product says so, a cosmetic flaw is a defect', async (t) => {
  const reviews = await startReviews({ EXTRA_PRODUCTS: 'WK-KN-900=collector knife' })
  t.teardown(() => reviews.service.close())
  const strict = reviews.service.config.products.find(({ code }) => code === 'WK-KN-900')
  if (strict) strict.cosmeticIsDefect = true
  const analysis = await reviews.analyse(cosmetic(), { product_sku: 'WK-KN-900' })
  t.match(analysis, { verdict: 'ng', tolerated: false })
  t.equal((await figures(reviews)).defects, 1)
})

t.test('a photo that cannot be judged is no inspected photo, and is listed to be taken again', async (t) => {
  const reviews = await startReviews()
  t.teardown(() => reviews.service.close())
  const { analyse, review, get, call } = reviews
  const from = new Date(Date.now() - 60_000).toISOString()
  await analyse(rusty())
  const blurred = await analyse(unusable(), { line_id: 'L6', lot: 'B-7' })
  const to = new Date(Date.now() + 60_000).toISOString()
  const report = async () =>
    bodyOf<{ report: ShiftReportBody; stored: StoredScopeBody }>(await call('POST', '/shift-report', { from, to }))

  t.match(await figures(reviews), { inspected: 1, photos: 1, defect_rate_percent: 100, photos_to_retake: 1 })
  t.match(await get('/stats'), { total_inspections: 1 })
  const before = await report()
  t.match(before, { report: { total_inspected: 1 }, stored: { photos: 1 } })
  t.match(before.stored.to_retake, [
    { defect_id: blurred.defect_id, line_id: 'L6', lot: 'B-7', thumbnail_url: /^http/ },
  ])
  t.match(await (await call('GET', `/shift-report.csv?from=${from}&to=${to}`)).text(), /\nphotos_to_retake,1\r\n/)
  const sent = await bodyOf<{ report: ShiftReportBody }>(await call('POST', '/shift-report', { analyses: [blurred] }))
  t.equal(sent.report.total_inspected, 0, 'also of analyses that are sent')

  await review(blurred.defect_id, { kind: 'correct', verdict: 'ok' })
  t.match(await figures(reviews), { inspected: 2, photos_to_retake: 0 }, 'who sees enough judges it all the same')
  t.match((await report()).stored, { photos: 2, to_retake: [] })
})

t.test('the list of defects for old clients has no void ones', async (t) => {
  const { service, analyse, review, get } = await startReviews()
  t.teardown(() => service.close())
  const counts = await analyse(rusty())
  const voided = await analyse(rusty())
  await review(voided.defect_id, { kind: 'void' })
  const { defects, count } = await get<{ defects: AnalysisBody[]; count: number }>('/defects')
  t.equal(count, 1)
  t.equal(defects[0]?.defect_id, counts.defect_id)
})
