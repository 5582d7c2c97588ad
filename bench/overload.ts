import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, connect, get } from './client.ts'
import { withUniqueBytes } from './photos.ts'
import { say, withService } from './running.ts'
import { runLoad } from './scenarios.ts'
import { mean, percentile } from './statistics.ts'
import type { Row } from './table.ts'

/** Slow enough that the machine has spare CPU even at five times the model's capacity. */
const MODEL_MS = 500
const MODEL_CALLS = 4
const TIMES = 5
const TARGET = 0.8

/** Goodput at five times the capacity of the model. Excess photos must be refused early and cheaply. */
export async function runOverload(jpeg: Buffer, quick: boolean): Promise<Row[]> {
  const settings = { modelMs: MODEL_MS, defectEvery: 0, env: { AZURE_MAX_CONCURRENCY: String(MODEL_CALLS) } }
  const { result } = await withService(settings, async ({ origin, fake }) => {
    say('overload: measuring the capacity')
    const seconds = quick ? 6 : 20
    const most = await runLoad(origin, fake, jpeg, {
      clients: 2 * MODEL_CALLS,
      modelMs: MODEL_MS,
      warmUpSeconds: 2,
      seconds,
    })
    say(`overload: ${TIMES} times the capacity`)
    return { most: most.throughput, ...(await flood(origin, jpeg, most.throughput * TIMES, seconds)) }
  })
  const { most, good, shed, other, healthMs, offered } = result
  const ratio = good / most
  return [
    {
      what: `Goodput at ${TIMES} times capacity`,
      target: `at least ${TARGET * 100} % of capacity`,
      measured: `${(ratio * 100).toFixed(0)} % (${good.toFixed(1)} of ${most.toFixed(1)} per second, ${offered.toFixed(0)} offered)`,
      ok: ratio >= TARGET,
    },
    {
      what: 'Refused during overload',
      target: 'only 503 with Retry-After',
      measured: `${shed.length}, p50 ${percentile(shed, 0.5).toFixed(0)} ms, p95 ${percentile(shed, 0.95).toFixed(0)} ms; other errors: ${other}`,
      ok: other === 0 && shed.length > 0,
    },
    {
      what: '/health during overload',
      target: 'answers',
      measured: `mean ${mean(healthMs).toFixed(0)} ms, p95 ${percentile(healthMs, 0.95).toFixed(0)} ms`,
      ok: null,
    },
  ]
}

/** Sends at a fixed rate, regardless of the answers. */
async function flood(origin: string, jpeg: Buffer, perSecond: number, seconds: number) {
  const client = connect(origin)
  const answers: (Answer & { at: number })[] = []
  const sent: Promise<void>[] = []
  const healthMs: number[] = []
  const start = performance.now()
  const from = start + 3000
  const until = from + seconds * 1000
  for (let number = 0; performance.now() < until; number++) {
    const due = start + (number * 1000) / perSecond
    await sleep(Math.max(0, due - performance.now()))
    sent.push(
      client.analyze(withUniqueBytes(jpeg)).then((answer) => void answers.push({ ...answer, at: performance.now() })),
    )
    if (number % Math.ceil(perSecond) === 0) {
      sent.push(get(new URL('/health', origin), client.agent).then(({ ms }) => void healthMs.push(ms)))
    }
  }
  await Promise.all(sent)
  client.close()
  const counted = answers.filter(({ at }) => at >= from && at < until)
  const isShed = ({ status, retryAfter }: Answer) => status === 503 && retryAfter
  return {
    offered: perSecond,
    good: counted.filter(({ status }) => status === 200).length / seconds,
    shed: counted.filter(isShed).map(({ ms }) => ms),
    other: answers.filter((answer) => answer.status !== 200 && !isShed(answer)).length,
    healthMs,
  }
}
