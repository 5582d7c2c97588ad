import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { model, serverError } from '../../fixtures/fake-azure-behaviours.ts'
import { failsWith, input, setUp } from '../azure/harness.ts'

/** Analyses a second, the same all the time. */
const RATE = 50

t.test('D3 a long outage at fixed load: at most 1.1 calls an analysis', async (t) => {
  // Without the breaker, which would hide what the retries do.
  const never = { failures: Number.POSITIVE_INFINITY, pauseMs: 1 }
  const { fake, analyzer } = await setUp(t, { breaker: never, maxConcurrency: 64, maxQueue: 1000 })
  fake.setDefault(serverError)
  const pending: Promise<unknown>[] = []
  let before = 0
  let asked = 0
  for (let n = 0; n < 6 * RATE; n++) {
    pending.push(analyzer.analyze(input()).catch(() => undefined))
    await sleep(1000 / RATE)
    // The first second uses up the retries in hand.
    if (n === RATE) before = fake.calls.length
    if (n > RATE) asked++
  }
  await Promise.all(pending)
  const ratio = (fake.calls.length - before) / asked
  t.comment(`${fake.calls.length - before} calls for ${asked} analyses: ${ratio.toFixed(3)} each`)
  // Half a second of calls may lie on either side of the line.
  t.ok(ratio <= 1.1 + (0.5 * RATE) / asked, `${ratio.toFixed(3)} calls an analysis`)
  t.ok(ratio >= 0.9, 'and every analysis was tried')
})

t.test('D3 the breaker spares a model that is down, tries it now and then, and closes when it is back', async (t) => {
  const pauseMs = 500
  const { fake, analyzer } = await setUp(t, { breaker: { failures: 10, pauseMs }, maxConcurrency: 64, maxQueue: 1000 })
  fake.setDefault(serverError)
  const started = performance.now()
  const pending: Promise<unknown>[] = []
  while (performance.now() - started < 4_000) {
    pending.push(analyzer.analyze(input()).catch(() => undefined))
    await sleep(1000 / RATE)
  }
  await Promise.all(pending)
  const trials = fake.calls.length - 10
  const pauses = (performance.now() - started) / pauseMs
  t.comment(`${pending.length} analyses, ${fake.calls.length} calls`)
  // What was under way when it opened may have come too.
  t.ok(trials >= 2, `${trials} trials: it half-opens`)
  t.ok(trials <= pauses + 5, `${trials} trials in ${pauses.toFixed(0)} pauses: one each`)
  await failsWith(t, analyzer.analyze(input()), 'overloaded')

  fake.setDefault(model)
  await sleep(pauseMs * 1.2)
  t.same((await analyzer.analyze(input())).findings, [])
  const good = await Promise.all(Array.from({ length: 10 }, () => analyzer.analyze(input())))
  t.equal(good.length, 10, 'closed again')
})
