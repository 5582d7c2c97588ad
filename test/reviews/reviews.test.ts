import { eq, sql } from 'drizzle-orm'
import t from 'tap'
import type { ReviewBody } from '../../api/domain/review.ts'
import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'
import { analyses, auditLog, reviews } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { analysisOf, bodyOf } from '../support/http.ts'
import { ADMIN, rusty, startReviews } from './support.ts'

const { service, call, get, signIn, keyWith, analyse, review } = await startReviews()
t.teardown(() => service.close())

const historyOf = async (id: string) => (await get<{ reviews: ReviewBody[] }>(`/analyses/${id}/reviews`)).reviews
const NOBODY = 'DEF-20260101-00000000'

t.test('before anybody looked, the model is what counts', async (t) => {
  const made = await analyse(rusty())
  const effective = {
    verdict: 'ng',
    defect_detected: true,
    defect_type: 'rust_spot',
    severity: 'critical',
    product_sku: 'WK-KN-200',
    source: 'model',
    voided: false,
  }
  t.equal(made.review, null)
  t.strictSame(made.effective, effective)
  t.match(await get(`/analyses/${made.defect_id}`), { review: null, effective })
  t.strictSame(await historyOf(made.defect_id), [])
})

t.test('confirm, correct, unsure: the newest counts, all stay, and the model is not touched', async (t) => {
  const {
    defect_id,
    image_url: _url,
    thumbnail_url: _small,
    review: _none,
    effective: _model,
    ...model
  } = await analyse(rusty())
  const asWu = await signIn('  Wu 吴  ')
  const confirmed = await review(defect_id, { kind: 'confirm', comment: ' seen ' }, asWu)
  t.equal(confirmed.status, 201)
  t.match(await analysisOf(confirmed), {
    review: {
      number: 1,
      kind: 'confirm',
      verdict: 'ng',
      defect_type: 'rust_spot',
      severity: 'critical',
      bounding_box: { x: 10, y: 20, width: 30, height: 15 },
      comment: 'seen',
      person: 'Wu 吴',
      reviewed_at: /^20.*Z$/,
    },
    effective: { verdict: 'ng', source: 'human' },
  })
  const box = { x: 0, y: 0, width: 320, height: 240 }
  const correct = { kind: 'correct', verdict: 'ng', defect_type: 'blade_scratch', severity: 'minor', bounding_box: box }
  t.match(await analysisOf(await review(defect_id, correct)), {
    review: { number: 2, kind: 'correct', bounding_box: box, person: 'Mei' },
    effective: { verdict: 'ng', defect_type: 'blade_scratch', severity: 'minor', source: 'human' },
  })
  t.match(
    await analysisOf(await review(defect_id, { kind: 'correct', verdict: 'ng', severity: 'major' })),
    {
      review: { defect_type: 'blade_scratch', severity: 'major', bounding_box: box },
    },
    'what is left out stays as the person before left it',
  )
  t.match(await analysisOf(await review(defect_id, { kind: 'unsure' })), {
    review: { kind: 'unsure', verdict: 'review', defect_type: null, bounding_box: null },
    effective: { verdict: 'review', defect_type: 'rust_spot', severity: 'critical', source: 'model' },
  })
  t.match(await analysisOf(await review(defect_id, { kind: 'correct', verdict: 'ok' })), {
    effective: { verdict: 'ok', defect_detected: false, defect_type: 'unknown', severity: 'cosmetic', source: 'human' },
  })
  const now = await get<AnalysisBody>(`/analyses/${defect_id}`)
  const { image_url: _url2, thumbnail_url: _small2, review: newest, effective: _effective, ...flat } = now
  t.strictSame(flat, { defect_id, ...model }, 'the flat fields stay')
  const history = await historyOf(defect_id)
  t.strictSame(
    history.map(({ number, kind, person }) => [number, kind, person]),
    [
      [5, 'correct', 'Mei'],
      [4, 'unsure', 'Mei'],
      [3, 'correct', 'Mei'],
      [2, 'correct', 'Mei'],
      [1, 'confirm', 'Wu 吴'],
    ],
  )
  t.strictSame(newest, history[0])
})

t.test('a correction that makes no sense is refused by the name of the field', async (t) => {
  const good = await analyse()
  const bad = await analyse(rusty())
  const ng = { kind: 'correct', verdict: 'ng', defect_type: 'rust_spot', severity: 'major' }
  const box = { x: 300, y: 0, width: 20, height: 240 }
  const refused: [analysis: AnalysisBody, body: object, field: string][] = [
    [bad, { ...ng, bounding_box: { ...box, width: 21 } }, 'bounding_box'],
    [bad, { ...ng, bounding_box: { ...box, height: 241 } }, 'bounding_box'],
    [bad, { ...ng, bounding_box: { ...box, x: -1 } }, 'bounding_box.x'],
    [bad, { ...ng, bounding_box: { ...box, width: 0 } }, 'bounding_box.width'],
    [bad, { ...ng, bounding_box: { ...box, x: 1.5 } }, 'bounding_box.x'],
    [bad, { ...ng, bounding_box: { x: 1, y: 1, width: 2 } }, 'bounding_box.height'],
    [good, { kind: 'correct', verdict: 'ng', severity: 'major' }, 'defect_type'],
    [good, { kind: 'correct', verdict: 'ng', defect_type: 'rust_spot' }, 'severity'],
    [good, { ...ng, defect_detected: false }, 'defect_detected'],
    [bad, { kind: 'correct', verdict: 'ok', defect_type: 'rust_spot' }, 'defect_type'],
    [bad, { kind: 'correct', verdict: 'ok', defect_detected: true }, 'severity'],
    [bad, { kind: 'correct', severity: 'major' }, 'verdict'],
    [bad, { kind: 'correct' }, 'verdict'],
    [bad, { kind: 'correct', verdict: 'review' }, 'verdict'],
    [bad, { kind: 'confirm', verdict: 'ok' }, 'verdict'],
    [bad, { kind: 'confirm', severity: 'major' }, 'severity'],
    [bad, { kind: 'void', verdict: 'ok' }, 'verdict'],
    [bad, { kind: 'void', product_sku: 'WK-KN-150' }, 'product_sku'],
    [bad, { kind: 'correct', product_sku: 'WK-XX-1' }, 'product_sku'],
    [bad, { kind: 'confirm', comment: 'x'.repeat(2001) }, 'comment'],
    [bad, { kind: 'confirm', person: ' ' }, 'person'],
    [bad, { kind: 'confirm', after: 'x' }, 'after'],
    [bad, { kind: 'praise' }, 'kind'],
  ]
  for (const [{ defect_id }, body, field] of refused) {
    const response = await review(defect_id, body)
    t.equal(response.status, 400, JSON.stringify(body))
    t.match(await response.json(), { errors: [{ field }] }, JSON.stringify(body))
  }
  t.equal((await review(bad.defect_id, { kind: 'confirm', is_admin: true })).status, 400)
  t.equal((await review(NOBODY, { kind: 'confirm' })).status, 404)
  t.equal((await call('GET', `/analyses/${NOBODY}/reviews`)).status, 404)
  t.strictSame(await historyOf(bad.defect_id), [], 'nothing was written')
  t.equal((await review(bad.defect_id, { ...ng, bounding_box: box })).status, 201, 'up to the edge is inside')
  const tolerated = { kind: 'correct', verdict: 'ok', defect_detected: true, severity: 'cosmetic', bounding_box: null }
  t.match(await analysisOf(await review(bad.defect_id, tolerated)), {
    effective: { verdict: 'ok', defect_detected: true, severity: 'cosmetic' },
    review: { bounding_box: null },
  })
})

t.test('a correction names several defects: the worst is what counts, in any order, and all are kept', async (t) => {
  const { defect_id } = await analyse(rusty())
  const box = (x: number) => ({ x, y: 5, width: 20, height: 10 })
  const said = [
    { defect_type: 'polish_defect', severity: 'minor', bounding_box: box(0) },
    { defect_type: 'handle_crack', severity: 'critical', bounding_box: box(100) },
    { defect_type: 'blade_scratch', severity: 'minor' },
  ]
  const corrected = await analysisOf(
    await review(defect_id, { kind: 'correct', verdict: 'ng', defects: said, after: null }),
  )
  const worstFirst = [said[1], said[0], { ...said[2], bounding_box: null }]
  t.match(corrected.review, { defect_type: 'handle_crack', severity: 'critical', bounding_box: box(100) })
  t.strictSame(corrected.review?.defects, worstFirst)
  t.match(corrected.effective, { verdict: 'ng', defect_type: 'handle_crack', severity: 'critical' })
  t.equal(corrected.defects.length, 1, "the model's stay")
  t.match(await (await call('GET', '/analyses.csv')).text(), /handle_crack critical 100 5 20 10; polish_defect minor/)

  const kept = await analysisOf(await review(defect_id, { kind: 'correct', verdict: 'ng', comment: 'seen again' }))
  t.strictSame(kept.review?.defects, worstFirst, 'who says nothing of the defects leaves them')
  const old = { kind: 'correct', verdict: 'ng', defect_type: 'rust_spot', severity: 'major', bounding_box: box(7) }
  const single = await analysisOf(await review(defect_id, old))
  t.strictSame(
    single.review?.defects,
    [{ defect_type: 'rust_spot', severity: 'major', bounding_box: box(7) }],
    'the single fields of an older client say all that there is',
  )
  const confirmed = await analysisOf(await review(defect_id, { kind: 'confirm' }))
  t.match(confirmed.review?.defects, [{ defect_type: 'rust_spot', severity: 'critical' }])
  const good = await analysisOf(await review(defect_id, { kind: 'correct', verdict: 'ok' }))
  t.strictSame(good.review?.defects, [])

  const out = { x: 310, y: 0, width: 20, height: 10 }
  const refused: [object, string][] = [
    [{ defects: [{ ...said[0], bounding_box: out }] }, 'defects[0].bounding_box'],
    [{ defects: said, defect_type: 'rust_spot' }, 'defect_type'],
    [{ defects: [] }, 'defects'],
    [{ defects: said, verdict: 'ok' }, 'defects'],
    [{ defects: said, verdict: 'ok', defect_detected: true }, 'severity'],
    [{ defects: said, kind: 'confirm', verdict: undefined }, 'defects'],
  ]
  for (const [body, field] of refused) {
    const response = await review(defect_id, { kind: 'correct', verdict: 'ng', ...body })
    t.equal(response.status, 400, JSON.stringify(body))
    t.match(await response.json(), { errors: [{ field }] }, JSON.stringify(body))
  }
})

t.test('a review from before there were several defects shows the one that it names', async (t) => {
  const { defect_id } = await analyse(rusty())
  await review(defect_id, { kind: 'confirm' })
  const { db } = service.database
  await db.update(reviews).set({ defects: null })
  await db.update(analyses).set({ review: sql`review - 'defects'` }).where(eq(analyses.defectId, defect_id))
  const { review: shown } = await get<AnalysisBody>(`/analyses/${defect_id}`)
  t.match(shown?.defects, [{ defect_type: 'rust_spot', severity: 'critical' }])
  t.strictSame((await historyOf(defect_id))[0], shown)
})

t.test('two at once: the second is told who was first, and when', async (t) => {
  const { defect_id } = await analyse(rusty())
  const answers = await Promise.all(
    ['Mei', 'Wu', 'Li'].map((person) => review(defect_id, { kind: 'confirm', after: null, person })),
  )
  t.strictSame(answers.map(({ status }) => status).sort(), [201, 409, 409])
  const [first] = await historyOf(defect_id)
  const refused = answers.find(({ status }) => status === 409)
  const detail = `${first?.person} reviewed this at ${first?.reviewed_at} \\(confirm\\).*${first?.id}`
  t.match(await refused?.json(), {
    type: 'urn:wiko:problem:reviewed-meanwhile',
    detail: new RegExp(detail),
    errors: [{ field: 'after' }],
  })
  t.equal((await review(defect_id, { kind: 'unsure', after: first?.id })).status, 201)
  t.equal((await review(defect_id, { kind: 'confirm', after: first?.id })).status, 409)
  t.equal((await review(defect_id, { kind: 'confirm' })).status, 201, 'who says nothing of it is not held up')
  const other = await analyse()
  t.equal((await review(other.defect_id, { kind: 'confirm', after: first?.id })).status, 400, 'of another analysis')
})

t.test('reviews at once without "after" are all kept, one behind the other', async (t) => {
  const { defect_id } = await analyse(rusty())
  const answers = await Promise.all(Array.from({ length: 8 }, () => review(defect_id, { kind: 'confirm' })))
  t.ok(answers.every(({ status }) => status === 201))
  const history = await historyOf(defect_id)
  t.strictSame(
    history.map(({ number }) => number),
    [8, 7, 6, 5, 4, 3, 2, 1],
  )
  t.strictSame((await get<AnalysisBody>(`/analyses/${defect_id}`)).review, history[0])
})

t.test('sent twice with one Idempotency-Key, it is one review', async (t) => {
  const { defect_id } = await analyse(rusty())
  const headers = { ...(await signIn('Wu')), 'idempotency-key': 'review-1' }
  const send = (id: string, body: object) => review(id, body, headers)
  const first = await send(defect_id, { kind: 'confirm', after: null })
  const again = await send(defect_id, { kind: 'confirm', after: null })
  t.equal(again.status, 201)
  t.equal(again.headers.get('idempotency-replayed'), 'true')
  t.strictSame((await analysisOf(again)).review, (await analysisOf(first)).review)
  t.equal((await historyOf(defect_id)).length, 1)
  t.equal((await send(defect_id, { kind: 'unsure' })).status, 422)
  const other = await analyse(rusty())
  t.equal(
    (await send(other.defect_id, { kind: 'confirm', after: null })).status,
    422,
    'another analysis is another request',
  )
})

t.test('a wrong SKU is corrected, the verdict stays open; it can be taken back', async (t) => {
  const { defect_id } = await analyse(rusty())
  const corrected = await analysisOf(await review(defect_id, { kind: 'correct', product_sku: ' wk-sc-200 ' }))
  t.match(corrected, {
    product_sku: 'WK-KN-200',
    review: { kind: 'correct', verdict: null, product_sku: 'WK-SC-200' },
    effective: { product_sku: 'WK-SC-200', verdict: 'ng', source: 'model' },
  })
  const found = async (sku: string) => {
    const { analyses } = await get<{ analyses: AnalysisBody[] }>(`/analyses?product_sku=${sku}&limit=100`)
    return analyses.some((analysis) => analysis.defect_id === defect_id)
  }
  t.ok(await found('WK-SC-200'), 'it is found under the right one')
  t.notOk(await found('WK-KN-200'))
  t.match((await analysisOf(await review(defect_id, { kind: 'confirm' }))).effective, {
    product_sku: 'WK-SC-200',
    source: 'human',
  })
  t.match(await analysisOf(await review(defect_id, { kind: 'correct', product_sku: 'WK-KN-200' })), {
    review: { product_sku: null, verdict: 'ng' },
    effective: { product_sku: 'WK-KN-200', source: 'human' },
  })
})

t.test('a bare key says who it is; a session cannot be somebody else', async (t) => {
  const { defect_id } = await analyse()
  const nobody = await call('POST', `/analyses/${defect_id}/reviews`, { kind: 'confirm' })
  t.equal(nobody.status, 400)
  t.match(await nobody.json(), { errors: [{ field: 'person', message: /sign in/ }] })
  const response = await review(defect_id, { kind: 'confirm', person: 'the director' }, await signIn('Wu'))
  t.equal((await analysisOf(response)).review?.person, 'Wu')
  const odd = await review(defect_id, { kind: 'confirm' }, await signIn('Wu\0 <b>'))
  t.equal((await analysisOf(odd)).review?.person, 'Wu <b>')
})

t.test('inspectors may, readers and administrators without the scope may not', async (t) => {
  const { defect_id } = await analyse()
  const [analyser, reader, admin] = [await keyWith('analyse'), await keyWith('read'), await keyWith('admin')]
  for (const kind of ['confirm', 'unsure', 'void', 'reinstate']) {
    t.equal((await review(defect_id, { kind }, { 'x-api-key': reader })).status, 403)
    t.equal((await review(defect_id, { kind }, { 'x-api-key': admin })).status, 403)
    t.equal((await review(defect_id, { kind }, {})).status, 401)
    t.equal((await review(defect_id, { kind }, { 'x-api-key': analyser })).status, 201)
  }
  const path = `/analyses/${defect_id}/reviews`
  t.equal((await call('GET', path, undefined, { 'x-api-key': analyser })).status, 403)
  t.equal((await call('GET', path, undefined, { 'x-api-key': reader })).status, 200)
  const rows = await service.database.db.select().from(reviews).where(eq(reviews.kind, 'unsure'))
  t.ok(
    rows.some(({ caller }) => caller.startsWith('key:')),
    'the row says by which key',
  )
})

t.test('it is in the audit log, with the name', async (t) => {
  const { defect_id } = await analyse()
  await review(defect_id, { kind: 'void' }, await signIn('Auditor Chan'))
  let row: typeof auditLog.$inferSelect | undefined
  for (let i = 0; i < 1200 && !row; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    const rows = await service.database.db.select().from(auditLog).where(eq(auditLog.person, 'Auditor Chan'))
    row = rows.find(({ endpoint }) => endpoint?.endsWith('/reviews'))
  }
  t.match(row, { endpoint: '/api/v1/analyses/:defect_id/reviews', method: 'POST', responseCode: 201 })
})

t.test('hostile text is text', async (t) => {
  const { defect_id } = await analyse(rusty())
  const markup = `<script>alert(1)</script> '); drop table reviews; -- =HYPERLINK("x") 锈 \u202e`
  const answer = await analysisOf(await review(defect_id, { kind: 'confirm', comment: `${markup}\0\ud800` }))
  t.equal(answer.review?.comment, `${markup}\ufffd`, 'only what PostgreSQL cannot hold is taken out')
  t.equal((await historyOf(defect_id))[0]?.comment, answer.review?.comment)
  const formula = '=cmd|calc!A1'
  await review(defect_id, { kind: 'confirm', comment: formula, person: '@Mei' })
  const csv = await (await call('GET', '/analyses.csv')).text()
  t.ok(csv.includes(`,'${formula},'@Mei,`))
})

t.test('the CSV has what people said, and what counts', async (t) => {
  const { defect_id } = await analyse(rusty(), { product_sku: 'WK-CI-280' })
  const untouched = await analyse(rusty(), { product_sku: 'WK-CI-280' })
  const bounding_box = { x: 1, y: 2, width: 3, height: 4 }
  const said = { kind: 'correct', verdict: 'ng', defect_type: 'blade_chip', severity: 'minor', bounding_box }
  await review(defect_id, { ...said, comment: 'at the tip' })
  await review(defect_id, { kind: 'void', comment: 'a test' })
  const csv = await (await call('GET', '/analyses.csv?product_sku=WK-CI-280')).text()
  const [header = [], ...lines] = csv
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
  const cells = (id: string) => {
    const line = lines.find(([first]) => first === id) ?? []
    const from = header.indexOf('review_kind')
    return Object.fromEntries(header.slice(from).map((name, index) => [name, line[from + index]]))
  }
  t.match(cells(defect_id), {
    review_kind: 'void',
    review_verdict: 'ng',
    review_defect_type: 'blade_chip',
    review_severity: 'minor',
    review_box_x: '1',
    review_box_y: '2',
    review_box_width: '3',
    review_box_height: '4',
    review_comment: 'a test',
    reviewed_by: 'Mei',
    reviewed_at: /^20/,
    effective_verdict: 'ng',
    effective_defect_detected: 'true',
    effective_defect_type: 'blade_chip',
    effective_severity: 'minor',
    effective_product_sku: 'WK-CI-280',
    effective_source: 'human',
    voided: 'true',
    counted_as_defect: 'false',
  })
  t.match(cells(untouched.defect_id), {
    review_kind: '',
    effective_verdict: 'ng',
    effective_source: 'model',
    voided: 'false',
    counted_as_defect: 'true',
  })
  t.strictSame(header.slice(30, 33), ['latency_ms', 'cost_usd', 'review_kind'], 'behind the columns of before')
})

t.test('void: shown and marked, in no figure, until reinstated with what people had said', async (t) => {
  type Stats = { total_inspections: number; total_defects: number; by_type: Record<string, number> }
  const { defect_id, timestamp } = await analyse(rusty(), { facility: 'hongkong' })
  await analyse(rusty(), { facility: 'hongkong' })
  const range = { facility: 'hongkong', from: timestamp, to: new Date(Date.now() + 60_000).toISOString() }
  const figures = async () => {
    const stats = await get<Stats>('/stats')
    const answer = await call('POST', '/shift-report', range)
    const { report } = await bodyOf<{ report: { total_inspected: number; by_defect_type: object } }>(answer)
    return { stats, report }
  }
  await review(defect_id, { kind: 'correct', verdict: 'ng', defect_type: 'blade_chip', severity: 'minor' })
  const before = await figures()
  t.match(
    before.report,
    { total_inspected: 2, by_defect_type: { rust_spot: 1, blade_chip: 1 } },
    'by the final verdict',
  )

  t.equal((await review(defect_id, { kind: 'reinstate' })).status, 409)
  const voided = await analysisOf(await review(defect_id, { kind: 'void' }))
  t.match(voided, { defect_type: 'rust_spot', effective: { voided: true, defect_type: 'blade_chip', source: 'human' } })
  t.equal((await review(defect_id, { kind: 'void' })).status, 409)
  const without = await figures()
  t.match(without.report, { total_inspected: 1, by_defect_type: { rust_spot: 1 } })
  t.equal(without.stats.total_inspections, before.stats.total_inspections - 1)
  t.equal(without.stats.total_defects, before.stats.total_defects - 1)
  t.equal(without.stats.by_type.rust_spot, (before.stats.by_type.rust_spot ?? 0) - 1)
  const { analyses } = await get<{ analyses: AnalysisBody[] }>('/analyses?facility=hongkong')
  t.equal(analyses.length, 2, 'the history shows it')
  const sentBack = await call('POST', '/shift-report', { analyses })
  t.match(await sentBack.json(), { report: { total_inspected: 1 } }, 'also of what the page sends back')

  const reinstated = await analysisOf(await review(defect_id, { kind: 'reinstate' }))
  t.match(reinstated.effective, { voided: false, defect_type: 'blade_chip', source: 'human' })
  const after = await figures()
  t.strictSame(after.stats, before.stats)
  t.match(after.report, { total_inspected: 2 })
})

t.test('a test shot is void from the start, until reinstated, and no answer to the same photo of a part', async (t) => {
  type Stats = { total_inspections: number; total_defects: number }
  const bytes = await photo()
  const send = async (fields: Record<string, string>) => {
    const body = photoForm(bytes, { product_sku: 'WK-KN-200', facility: 'shenzhen', ...fields })
    return analysisOf(
      await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body, headers: { 'x-api-key': ADMIN } }),
    )
  }
  await analyse(rusty())
  const before = await get<Stats>('/stats')
  const shot = await send({ test_shot: 'True' })
  t.match(shot, { defect_type: 'rust_spot', review: null, effective: { voided: true, source: 'model' } })
  t.match(await send({ test_shot: 'true' }), { defect_id: shot.defect_id, duplicate: true })
  t.strictSame(await get<Stats>('/stats'), before)
  t.match(await get('/statistics?period=today&facility=shenzhen'), { figures: { inspected: 0, photos: 0 } })
  t.match(await get('/analyses/count?person_verdict=none&voided=false&facility=shenzhen'), { count: 0 })

  const counted = await send({})
  t.match(counted, { duplicate: false, effective: { voided: false } })
  t.not(counted.defect_id, shot.defect_id)
  t.equal((await get<Stats>('/stats')).total_inspections, before.total_inspections + 1)
  t.match(await analysisOf(await review(shot.defect_id, { kind: 'reinstate' })), { effective: { voided: false } })
  t.equal((await get<Stats>('/stats')).total_inspections, before.total_inspections + 2)
})

t.test('the history is filtered by what people said', async (t) => {
  const fields = { product_sku: 'WK-KN-100' }
  const [a, b, c, d] = [
    await analyse(rusty(), fields),
    await analyse(rusty(0.3), fields),
    await analyse(undefined, fields),
    await analyse(undefined, fields),
  ]
  await review(a.defect_id, { kind: 'correct', verdict: 'ok' })
  await review(b.defect_id, { kind: 'void' })
  await review(c.defect_id, { kind: 'unsure' })
  const listed = async (filter: string) => {
    const { analyses } = await get<{ analyses: AnalysisBody[] }>(`/analyses?product_sku=WK-KN-100&${filter}`)
    const names = new Map(
      [
        [a, 'a'],
        [b, 'b'],
        [c, 'c'],
        [d, 'd'],
      ].map(([one, name]) => [(one as AnalysisBody).defect_id, name]),
    )
    return analyses.map(({ defect_id }) => names.get(defect_id)).join('')
  }
  t.equal(await listed(''), 'dcba')
  t.equal(await listed('reviewed=true'), 'cba')
  t.equal(await listed('reviewed=false'), 'd')
  t.equal(await listed('verdict=ng'), 'a')
  t.equal(await listed('verdict=review'), 'b')
  t.equal(await listed('verdict=ok'), 'dc')
  t.equal(await listed('effective_verdict=ng'), '')
  t.equal(await listed('effective_verdict=review'), 'cb')
  t.equal(await listed('effective_verdict=ok'), 'da')
  t.equal(await listed('voided=true'), 'b')
  t.equal(await listed('voided=false'), 'dca')
  t.equal(await listed('voided=false&reviewed=true&effective_verdict=review'), 'c')
  t.equal((await call('GET', '/analyses?effective_verdict=bad')).status, 400)
  const csv = await (await call('GET', '/analyses.csv?product_sku=WK-KN-100&effective_verdict=review')).text()
  t.equal(csv.trim().split('\r\n').length, 3)
})

t.test('what waits for a person is listed and counted, also what was only reinstated or got another SKU', async (t) => {
  const fields = { product_sku: 'WK-CI-200' }
  const [untouched, moved, reinstated, unsure, judged, voided] = [
    await analyse(rusty(), fields),
    await analyse(rusty(), { product_sku: 'WK-SC-200' }),
    await analyse(rusty(), fields),
    await analyse(rusty(), fields),
    await analyse(rusty(), fields),
    await analyse(rusty(), fields),
  ]
  await review(moved.defect_id, { kind: 'correct', product_sku: 'WK-CI-200' })
  await review(reinstated.defect_id, { kind: 'void' })
  await review(reinstated.defect_id, { kind: 'reinstate' })
  await review(unsure.defect_id, { kind: 'unsure' })
  await review(judged.defect_id, { kind: 'confirm' })
  await review(voided.defect_id, { kind: 'void' })
  type Listed = { analyses: AnalysisBody[]; next_cursor: string | null }
  const list = (filter: string) => get<Listed>(`/analyses?product_sku=WK-CI-200&voided=false&${filter}`)
  const ids = ({ analyses }: Listed) => analyses.map(({ defect_id }) => defect_id)

  const counted = async (filter: string) =>
    (await get<{ count: number }>(`/analyses/count?product_sku=WK-CI-200&voided=false&${filter}`)).count
  const waiting = await list('person_verdict=none&verdict=ng')
  t.strictSame(ids(waiting), [reinstated.defect_id, moved.defect_id, untouched.defect_id])
  t.equal(await counted('person_verdict=none&verdict=ng'), 3)
  const page = await list('person_verdict=none&limit=2')
  t.match(await list(`person_verdict=none&limit=2&cursor=${page.next_cursor}`), {
    next_cursor: null,
    analyses: [{ defect_id: untouched.defect_id }],
  })
  t.strictSame(ids(await list('person_verdict=review')), [unsure.defect_id])
  t.strictSame(ids(await list('person_verdict=ng')), [judged.defect_id])
  t.equal(await counted('person_verdict=ok'), 0)
  t.equal((await call('GET', '/analyses?person_verdict=bad')).status, 400)
})
