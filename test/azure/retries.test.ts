import { createServer } from 'node:net'
import t from 'tap'
import { retryAfterMs } from '../../api/analyzers/azure/retry.ts'
import {
  contentFilter,
  defect,
  failedWith,
  httpError,
  quotaSpent,
  rateLimited,
  reset,
  resetMidBody,
  serverError,
} from '../../fixtures/fake-azure-behaviours.ts'
import { calledFor, failsWith, failureOf, input, setUp } from './harness.ts'

for (const [name, behaviour] of Object.entries({
  serverError,
  reset,
  resetMidBody,
  timeout: httpError(408, {}),
  failed: failedWith('server_error'),
})) {
  t.test(`An answer after two failures succeeds: ${name}`, async (t) => {
    const { fake, analyzer, events } = await setUp(t)
    fake.script(behaviour, behaviour)
    t.same((await analyzer.analyze(input())).findings, [])
    t.equal(fake.calls.length, 3)
    t.match(events, [
      { attempt: 1, outcome: 'unavailable', retryInMs: Number },
      { attempt: 2, outcome: 'unavailable', retryInMs: Number },
      { attempt: 3, outcome: 'ok' },
    ])
  })

  t.test(`Gives up after three attempts: ${name}`, async (t) => {
    const { fake, analyzer } = await setUp(t)
    fake.setDefault(behaviour)
    await failsWith(t, analyzer.analyze(input()), 'unavailable')
    t.equal(fake.calls.length, 3)
  })
}

t.test('Nobody listens on the endpoint', async (t) => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  const port = typeof address === 'object' ? address?.port : 0
  const { analyzer } = await setUp(t, { endpoint: `http://127.0.0.1:${port}` })
  const { message } = await failsWith(t, analyzer.analyze(input()), 'unavailable')
  t.match(message, 'ECONNREFUSED')
})

t.test('Both calls may be retried', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.script(serverError, defect, serverError)
  t.equal((await analyzer.analyze(input())).findings.length, 1)
  t.same(calledFor(fake), ['detect', 'detect', 'explain', 'explain'])
})

for (const [name, headers, waitMs] of [
  ['retry-after', { 'retry-after': '1' }, 1000],
  ['retry-after-ms', { 'retry-after-ms': '300', 'retry-after': '1' }, 300],
] as const) {
  t.test(`A 429 is retried once the time of ${name} has passed (D2)`, async (t) => {
    const { fake, analyzer } = await setUp(t)
    fake.script(rateLimited(headers))
    await analyzer.analyze(input())
    const [first, second] = fake.calls
    t.equal(fake.calls.length, 2)
    t.ok((second?.at ?? 0) - (first?.at ?? 0) >= waitMs - 5)
  })
}

t.test('A 429 with a wait beyond the deadline fails at once and says when to retry (D2)', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.script(rateLimited({ 'retry-after': '45' }))
  const { retryAfterSeconds } = await failsWith(t, analyzer.analyze(input()), 'rate_limited')
  t.equal(retryAfterSeconds, 45)
  t.equal(fake.calls.length, 1)
})

t.test('A 429 on every attempt is rate_limited (D2)', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.setDefault(rateLimited({ 'retry-after-ms': '10' }))
  const { retryAfterSeconds } = await failsWith(t, analyzer.analyze(input()), 'rate_limited')
  t.equal(retryAfterSeconds, 1)
  t.equal(fake.calls.length, 3)
})

t.test('The wait is parsed in every form, and nonsense is ignored', async (t) => {
  const wait = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), Date.UTC(2026, 0, 1, 0, 0, 0))
  t.equal(wait({ 'retry-after': '2' }), 2000)
  t.equal(wait({ 'retry-after': '0' }), 0)
  t.equal(wait({ 'retry-after': 'Thu, 01 Jan 2026 00:00:03 GMT' }), 3000)
  t.equal(wait({ 'retry-after': 'Thu, 01 Jan 2015 00:00:03 GMT' }), 0)
  t.equal(wait({ 'retry-after-ms': '1500', 'retry-after': '9' }), 1500)
  t.equal(wait({ 'retry-after-ms': 'soon', 'retry-after': '9' }), 9000)
  t.equal(wait({ 'retry-after': 'soon' }), undefined)
  t.equal(wait({}), undefined)
})

t.test('A failing model gets at most 1.1 times the load, once the ten initial retries are used', async (t) => {
  const never = { failures: Number.POSITIVE_INFINITY, pauseMs: 1 }
  const { fake, analyzer } = await setUp(t, { breaker: never, maxQueue: 1000 })
  fake.setDefault(serverError)
  const load = (count: number) => Promise.all(Array.from({ length: count }, () => failureOf(analyzer.analyze(input()))))
  await load(20)
  const before = fake.calls.length
  await load(200)
  const calls = fake.calls.length - before
  t.ok(calls > 200 && calls <= 220, `${calls} calls for 200 analyses`)
})

t.test('The breaker opens after consecutive failures, admits a trial, and closes on success', async (t) => {
  const { fake, analyzer, events } = await setUp(t, {
    breaker: { failures: 4, pauseMs: 600 },
    retry: { maxAttempts: 1, baseMs: 1, capMs: 1 },
  })
  fake.setDefault(serverError)
  for (let i = 0; i < 4; i++) await failsWith(t, analyzer.analyze(input()), 'unavailable')
  const refused = await failsWith(t, analyzer.analyze(input()), 'overloaded')
  t.equal(refused.retryAfterSeconds, 1)
  t.equal(fake.calls.length, 4, 'nothing was sent')
  t.match(events.at(-1), { attempt: 0, outcome: 'overloaded' })

  await new Promise((resolve) => setTimeout(resolve, 610))
  const both = await Promise.all([failureOf(analyzer.analyze(input())), failureOf(analyzer.analyze(input()))])
  t.same(both.map(({ failure }) => failure).sort(), ['overloaded', 'unavailable'], 'one trial, which fails')
  t.equal(fake.calls.length, 5)

  await new Promise((resolve) => setTimeout(resolve, 610))
  fake.setDefault(contentFilter)
  await failsWith(t, analyzer.analyze(input()), 'content_filtered')
  await failsWith(t, analyzer.analyze(input()), 'content_filtered')
  t.equal(fake.calls.length, 7, 'a refused request shows that the model is up')
})

t.test('Refusals, filters and limits do not open the breaker', async (t) => {
  const { fake, analyzer } = await setUp(t, { breaker: { failures: 1, pauseMs: 60_000 } })
  fake.script(contentFilter, rateLimited({ 'retry-after': '60' }), httpError(400, {}), httpError(401, {}))
  for (let i = 0; i < 4; i++) await failureOf(analyzer.analyze(input()))
  t.same((await analyzer.analyze(input())).findings, [])
})

t.test('An open breaker ends the retries of a running call', async (t) => {
  const { fake, analyzer } = await setUp(t, { breaker: { failures: 2, pauseMs: 60_000 } })
  fake.setDefault(serverError)
  await failsWith(t, analyzer.analyze(input()), 'unavailable')
  t.equal(fake.calls.length, 2)
})

for (const [name, behaviour] of Object.entries({ quotaSpent, failed: failedWith('insufficient_quota') })) {
  t.test(`An exhausted quota is not retried and says when to retry: ${name}`, async (t) => {
    const { fake, analyzer } = await setUp(t)
    fake.setDefault(behaviour)
    const { retryAfterSeconds } = await failsWith(t, analyzer.analyze(input()), 'rate_limited')
    t.equal(retryAfterSeconds, 60)
    t.equal(fake.calls.length, 1)
  })
}
