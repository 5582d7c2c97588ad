import sharp from 'sharp'
import t from 'tap'
import { send, startLoad, tally, upload } from '../../fixtures/load.ts'
import { memoryOf } from '../../fixtures/processes.ts'
import { processStage } from '../support/process-stage.ts'

t.test('U12 a burst of 24-megapixel pictures: bounded, the rest refused, and the event loop alive', async (t) => {
  const { origin, service } = await processStage(t)
  const grey = { width: 6000, height: 4000, channels: 3, background: '#8a8d90' } as const
  const picture = upload(await sharp({ create: grey }).jpeg().toBuffer())

  const health = startLoad(t, 20, () => send(`${origin}/health`))
  const outcomes = await Promise.all(Array.from({ length: 150 }, () => send(`${origin}/api/v1/analyze`, picture)))
  const answers = await health.end()
  const counts = tally(outcomes)
  t.comment(JSON.stringify(counts))
  t.same(Object.keys(counts), ['200', '503'], 'analysed or refused')
  const shed = outcomes.filter(({ status }) => status === 503)
  t.ok(shed.every(({ retryAfter }) => Number(retryAfter) > 0))
  const early = shed.filter(({ ms }) => ms < 5_000)
  t.ok(early.length >= 20, `${early.length} were refused at once, as the queue was full`)

  t.same(tally(answers), { 200: answers.length })
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  const [median = Number.NaN, p99 = Number.NaN] = [times[times.length >> 1], times[Math.floor(times.length * 0.99)]]
  t.comment(`/health: median ${median.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`)
  t.ok(median < 250, `median ${median.toFixed(0)} ms`)
  const slow = times.filter((ms) => ms > 1_000)
  t.ok(slow.length < times.length / 10, `${slow.length} of ${times.length} took over a second`)
  const peak = memoryOf(service.pid, 'VmHWM')
  if (!Number.isNaN(peak)) t.ok(peak < 1000, `${Math.round(peak)} MB at most`)
})
