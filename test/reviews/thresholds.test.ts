import t from 'tap'
import { rusty, startReviews } from './support.ts'

const { service, call, get, signIn, keyWith, analyse, review } = await startReviews()
t.teardown(() => service.close())

interface Thresholds {
  default: number
  thresholds: { product_sku: string; review_below: number; person: string; updated_at: string }[]
}

const verdictOf = async (product_sku: string) => (await analyse(rusty(0.7), { product_sku })).verdict

t.test('a product has its own threshold; the others have REVIEW_BELOW', async (t) => {
  t.strictSame(await get('/review-thresholds'), { default: 0.6, thresholds: [] })
  t.equal(await verdictOf('WK-KN-150'), 'ng')

  const stricter = { product_sku: ' wk-kn-150 ', review_below: 0.75 }
  const answer = await call('PUT', '/review-thresholds', stricter, await signIn('Lead Wong'))
  t.equal(answer.status, 200)
  const set = (await answer.json()) as Thresholds
  t.match(set.thresholds, [{ product_sku: 'WK-KN-150', review_below: 0.75, person: 'Lead Wong', updated_at: /^20/ }])
  t.strictSame(await get('/review-thresholds'), set)
  t.equal(await verdictOf('WK-KN-150'), 'review', 'at once')
  t.equal(await verdictOf('WK-KN-200'), 'ng')

  const put = (body: object) => call('PUT', '/review-thresholds', { person: 'Mei', ...body })
  await put({ product_sku: 'WK-KN-150', review_below: 0.7 })
  t.equal(await verdictOf('WK-KN-150'), 'ng', 'below, not at')
  await put({ product_sku: 'WK-KN-200', review_below: 1 })
  t.equal(await verdictOf('WK-KN-200'), 'review')
  const { thresholds } = await get<Thresholds>('/review-thresholds')
  t.match(thresholds, [
    { product_sku: 'WK-KN-150', review_below: 0.7, person: 'Mei' },
    { product_sku: 'WK-KN-200', review_below: 1 },
  ])
  await put({ product_sku: 'WK-KN-200', review_below: null })
  t.equal(await verdictOf('WK-KN-200'), 'ng', 'the default again')
  t.equal((await get<Thresholds>('/review-thresholds')).thresholds.length, 1)
})

t.test('administrators change them, readers see them', async (t) => {
  const [analyser, reader, admin] = [await keyWith('analyse'), await keyWith('read'), await keyWith('admin')]
  const body = { product_sku: 'WK-CI-200', review_below: 0.5, person: 'Mei' }
  const put = async (key: string) => (await call('PUT', '/review-thresholds', body, { 'x-api-key': key })).status
  t.strictSame([await put(analyser), await put(reader), await put(admin)], [403, 403, 200])
  const see = async (key: string) => (await call('GET', '/review-thresholds', undefined, { 'x-api-key': key })).status
  t.strictSame([await see(analyser), await see(reader)], [403, 200])
})

t.test('what is no threshold is refused by the name of the field', async (t) => {
  const sku = { product_sku: 'WK-CI-200', person: 'Mei' }
  const refused: [body: object, field: string][] = [
    [{ ...sku, review_below: 1.01 }, 'review_below'],
    [{ ...sku, review_below: -0.1 }, 'review_below'],
    [{ ...sku, review_below: 'high' }, 'review_below'],
    [sku, 'review_below'],
    [{ ...sku, product_sku: 'WK-XX-1', review_below: 0.5 }, 'product_sku'],
    [{ product_sku: 'WK-CI-200', review_below: 0.5 }, 'person'],
  ]
  for (const [body, field] of refused) {
    const response = await call('PUT', '/review-thresholds', body)
    t.equal(response.status, 400, JSON.stringify(body))
    t.match(await response.json(), { errors: [{ field }] })
  }
  const gone = { ...sku, product_sku: 'WK-XX-1', review_below: null }
  t.equal((await call('PUT', '/review-thresholds', gone)).status, 200, 'of a product that has left the list')
})

t.test('a page on another origin may set them', async (t) => {
  const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'PUT' }
  const response = await call('OPTIONS', '/review-thresholds', undefined, headers)
  t.match(response.headers.get('access-control-allow-methods'), /PUT/)
})

t.test("what a threshold would do is told by a product's last parts", async (t) => {
  const sku = { product_sku: 'WK-SC-200' }
  const preview = (query = '') =>
    get<Record<string, unknown>>(`/review-thresholds/preview?product_sku=wk-sc-200${query}`)
  t.strictSame(await preview(), {
    product_sku: 'WK-SC-200',
    review_below: 0.6,
    analyses: 0,
    from: null,
    to: null,
    bins: [],
  })
  const oldest = await analyse(rusty(0.415), sku)
  await review(oldest.defect_id, { kind: 'correct', verdict: 'ok' })
  const right = await analyse(rusty(0.4199), sku)
  await review(right.defect_id, { kind: 'confirm' })
  await analyse(rusty(0.42), sku)
  const unsure = await analyse(rusty(0.58), sku)
  await review(unsure.defect_id, { kind: 'unsure' })
  const test = await analyse(rusty(0.3), sku)
  await review(test.defect_id, { kind: 'void' })
  const newest = await analyse(rusty(1), sku)
  await review(newest.defect_id, { kind: 'correct', verdict: 'ng', defect_type: 'blade_chip', severity: 'major' })
  t.strictSame(await preview(), {
    product_sku: 'WK-SC-200',
    review_below: 0.6,
    analyses: 5,
    from: oldest.timestamp,
    to: newest.timestamp,
    bins: [
      { confidence: 0.41, analyses: 2, judged: 2, wrong: 1 },
      { confidence: 0.42, analyses: 1, judged: 0, wrong: 0 },
      { confidence: 0.58, analyses: 1, judged: 0, wrong: 0 },
      { confidence: 1, analyses: 1, judged: 1, wrong: 1 },
    ],
  })
  t.match(await preview('&last=2'), { analyses: 2, bins: [{ confidence: 0.58 }, { confidence: 1 }] })
  const see = async (scope: string) =>
    (await call('GET', '/review-thresholds/preview?product_sku=X', undefined, { 'x-api-key': await keyWith(scope) }))
      .status
  t.strictSame([await see('read'), await see('analyse')], [200, 403])
})
