import t from 'tap'
import { defect, hang, hangMidBody, rateLimited, serverError } from '../../fixtures/fake-azure-behaviours.ts'
import { failsWith, failureOf, input, setUp, until } from './harness.ts'

for (const [name, behaviour] of Object.entries({ hang, hangMidBody })) {
  t.test(`The deadline ends a hanging call and its connection: ${name} (D1)`, async (t) => {
    const { fake, analyzer } = await setUp(t, { timeoutMs: 600 })
    fake.script(behaviour)
    await failsWith(t, analyzer.analyze(input()), 'timeout')
    await until(() => fake.calls[0]?.cancelled === true)
    t.equal(fake.calls.length, 1)
  })

  t.test(`A client that disconnects ends the call and its connection: ${name}`, async (t) => {
    const { fake, analyzer, events } = await setUp(t)
    fake.script(behaviour)
    const caller = new AbortController()
    const analysis = analyzer.analyze(input({ signal: caller.signal }))
    const failure = failsWith(t, analysis, 'aborted')
    await until(() => fake.calls.length === 1)
    caller.abort()
    await failure
    await until(() => fake.calls[0]?.cancelled === true)
    t.equal(fake.calls.length, 1)
    t.match(events, [{ outcome: 'aborted' }])
  })
}

t.test('Both calls share the deadline', async (t) => {
  const { fake, analyzer } = await setUp(t, { timeoutMs: 800 })
  fake.script(defect, hang)
  await failsWith(t, analyzer.analyze(input()), 'timeout')
  t.equal(fake.calls.length, 2)
})

t.test('A client that has already disconnected costs nothing', async (t) => {
  const { fake, analyzer } = await setUp(t)
  await failsWith(t, analyzer.analyze(input({ signal: AbortSignal.abort() })), 'aborted')
  t.equal(fake.calls.length, 0)
})

t.test('A client that disconnects between attempts ends the wait', async (t) => {
  const { fake, analyzer, events } = await setUp(t)
  fake.script(rateLimited({ 'retry-after': '4' }))
  const caller = new AbortController()
  const failure = failsWith(t, analyzer.analyze(input({ signal: caller.signal })), 'aborted')
  await until(() => events.length === 1)
  caller.abort()
  await failure
  t.equal(fake.calls.length, 1)
})

t.test('Timeouts open the breaker', async (t) => {
  const { fake, analyzer } = await setUp(t, { timeoutMs: 400, breaker: { failures: 2, pauseMs: 60_000 } })
  fake.setDefault(hang)
  await failsWith(t, analyzer.analyze(input()), 'timeout')
  await failsWith(t, analyzer.analyze(input()), 'timeout')
  await failsWith(t, analyzer.analyze(input()), 'overloaded')
  t.equal(fake.calls.length, 2)
})

t.test('Clients that disconnect do not open the breaker', async (t) => {
  const { fake, analyzer } = await setUp(t, { breaker: { failures: 1, pauseMs: 60_000 } })
  fake.script(hang)
  const caller = new AbortController()
  const failure = failsWith(t, analyzer.analyze(input({ signal: caller.signal })), 'aborted')
  await until(() => fake.calls.length === 1)
  caller.abort()
  await failure
  t.same((await analyzer.analyze(input())).findings, [])
})

t.test('Running and waiting calls are limited, and the rest are rejected at once', async (t) => {
  const { fake, analyzer } = await setUp(t, { maxConcurrency: 2, maxQueue: 3 })
  fake.setDelay(100)
  const analyses = Array.from({ length: 9 }, () => analyzer.analyze(input()))
  const refused = await Promise.all(analyses.slice(5).map(failureOf))
  t.equal(fake.calls.length <= 2, true, 'refused before the first ones were done')
  for (const { failure, retryAfterSeconds } of refused) {
    t.equal(failure, 'overloaded')
    t.ok(retryAfterSeconds)
  }
  await Promise.all(analyses.slice(0, 5))
  t.equal(fake.calls.length, 5)
  t.equal(fake.peak(), 2)
})

t.test('Waiting in the queue counts against the deadline', async (t) => {
  const { fake, analyzer } = await setUp(t, { maxConcurrency: 1, maxQueue: 1, timeoutMs: 600 })
  fake.setDefault(hang)
  const first = failsWith(t, analyzer.analyze(input()), 'timeout')
  const second = failsWith(t, analyzer.analyze(input()), 'timeout')
  await Promise.all([first, second])
  t.equal(fake.calls.length, 1, 'the second never had its turn')
})

t.test('A client that disconnects while waiting makes room', async (t) => {
  const { fake, analyzer } = await setUp(t, { maxConcurrency: 1, maxQueue: 1 })
  fake.setDelay(150)
  const first = analyzer.analyze(input())
  const caller = new AbortController()
  const waiting = failsWith(t, analyzer.analyze(input({ signal: caller.signal })), 'aborted')
  caller.abort()
  await waiting
  await Promise.all([first, analyzer.analyze(input())])
  t.equal(fake.calls.length, 2)
})

t.test('Failures free their place', async (t) => {
  const { fake, analyzer } = await setUp(t, { maxConcurrency: 1, maxQueue: 0 })
  fake.script(serverError, serverError, serverError)
  await failsWith(t, analyzer.analyze(input()), 'unavailable')
  t.same((await analyzer.analyze(input())).findings, [])
})

t.test('Closing aborts running and waiting calls and accepts no new ones', async (t) => {
  const { fake, analyzer } = await setUp(t, { maxConcurrency: 1, maxQueue: 1 })
  fake.setDefault(hang)
  const running = failsWith(t, analyzer.analyze(input()), 'aborted')
  const waiting = failsWith(t, analyzer.analyze(input()), 'aborted')
  await until(() => fake.calls.length === 1)
  await analyzer.close()
  await Promise.all([running, waiting])
  await failsWith(t, analyzer.analyze(input()), 'aborted')
  await until(() => fake.calls[0]?.cancelled === true)
  t.equal(fake.calls.length, 1)
})
