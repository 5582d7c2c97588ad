import t from 'tap'
import { type Outcome, send, startLoad, tally, upload } from '../../fixtures/load.ts'
import { photo } from '../../fixtures/photos.ts'
import { processStage } from '../support/process-stage.ts'

/** Analyses a second that a model of 4 at a time and 200 ms each can do. */
const CAPACITY = 20
const SECONDS = 6

t.test('R7 R8 at 5 times capacity the work goes on, what is too much is refused at once, health is not', async (t) => {
  const { origin } = await processStage(t, { env: { AZURE_MAX_CONCURRENCY: '4' }, delayMs: 200 })
  const jpeg = await photo()
  const post = (): Promise<Outcome> => send(`${origin}/api/v1/analyze`, upload(jpeg))
  for (let i = 0; i < 5; i++) await post()

  /** Good answers a second, of those that were sent in that time. */
  async function offer(perSecond: number): Promise<{ goodput: number; outcomes: Outcome[]; health: Outcome[] }> {
    const health = startLoad(t, 5, () => send(`${origin}/health`))
    const load = startLoad(t, perSecond, post)
    const started = performance.now()
    await new Promise((done) => setTimeout(done, SECONDS * 1000))
    const good = load.outcomes.filter(({ status }) => status === 200).length
    const goodput = (good * 1000) / (performance.now() - started)
    return { goodput, outcomes: await load.end(), health: await health.end() }
  }
  const once = await offer(CAPACITY)
  const five = await offer(5 * CAPACITY)
  t.comment(`goodput ${once.goodput.toFixed(1)}/s at capacity, ${five.goodput.toFixed(1)}/s at five times`)
  t.comment(JSON.stringify(tally(five.outcomes)))

  const shed = five.outcomes.filter(({ status }) => status !== 200)
  t.ok(shed.length > five.outcomes.length / 4, 'much is refused')
  t.same(Object.keys(tally(shed)), ['503'])
  t.ok(shed.every(({ retryAfter }) => Number(retryAfter) > 0))
  const times = shed.map(({ ms }) => ms).sort((a, b) => a - b)
  const median = times[times.length >> 1] ?? Number.NaN
  t.ok(median < 500, `refused after ${Math.round(median)} ms in the median`)
  t.ok(five.goodput > 0.6 * once.goodput, 'the goodput holds')
  const slowest = Math.max(...five.outcomes.filter(({ status }) => status === 200).map(({ ms }) => ms))
  t.ok(slowest < 10_000, `what is taken is answered within ${Math.round(slowest)} ms`)
  for (const { health } of [once, five]) t.same(tally(health), { 200: health.length })
})
