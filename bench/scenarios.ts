import { setTimeout as sleep } from 'node:timers/promises'
import type { FakeProcess } from '../fixtures/processes.ts'
import { type Answer, connect } from './client.ts'
import { withOwnBytes } from './photos.ts'
import { mean, percentile, sum } from './statistics.ts'

/** What holds for every scenario, whatever the machine. */
export interface Checks {
  requests: number
  /** Answers that are no 200, by status and reason. */
  errors: Record<string, number>
  /** Pictures that the service took for ones that it knows, although each has bytes of its own. */
  duplicates: number
  /** Calls that the verdicts imply (a good part 1, a defect 2) and calls that the model took. */
  impliedCalls: number
  modelCalls: number
}

const callsOf = ({ defect }: Answer): number => (defect ? 2 : 1)
async function check(answers: Answer[], fake: FakeProcess): Promise<Checks> {
  const errors: Record<string, number> = {}
  const good = answers.filter(({ status }) => status === 200)
  for (const { status, detail } of answers.filter((answer) => answer.status !== 200)) {
    const reason = `${status} ${detail}`
    errors[reason] = (errors[reason] ?? 0) + 1
  }
  const { detect, explain } = await fake.calls()
  return {
    requests: answers.length,
    errors,
    duplicates: good.filter(({ duplicate }) => duplicate).length,
    impliedCalls: sum(good.map(callsOf)),
    modelCalls: detect + explain,
  }
}

export interface LoadResult extends Checks {
  clients: number
  /** Of the answers in the measured time: good answers a second, and what the model alone would allow. */
  throughput: number
  possible: number
  meanCalls: number
  p50Ms: number
  p95Ms: number
  /** Median of what the service adds to the model's own time. */
  p50AddedMs: number
}

export interface LoadOptions {
  clients: number
  modelMs: number
  /** Seconds before and while answers are counted; what is under way at the end is still waited for. */
  warmUpSeconds: number
  seconds: number
}

/**
 * Clients that start together, each sending its next picture when it has the answer to the last. The service cannot give more than
 * clients / (mean calls x model time); what it falls short of that is its own.
 */
export async function runLoad(
  origin: string,
  fake: FakeProcess,
  jpeg: Buffer,
  options: LoadOptions,
): Promise<LoadResult> {
  const { clients, modelMs, warmUpSeconds, seconds } = options
  const client = connect(origin)
  const answers: (Answer & { at: number })[] = []
  const from = performance.now() + warmUpSeconds * 1000
  const until = from + seconds * 1000
  const camera = async () => {
    while (performance.now() < until) {
      const answer = await client.analyze(withOwnBytes(jpeg))
      answers.push({ ...answer, at: performance.now() })
      // A refused camera does not hammer.
      if (answer.status !== 200) await sleep(500)
    }
  }
  await Promise.all(Array.from({ length: clients }, camera))
  client.close()

  const counted = answers.filter(({ at, status }) => status === 200 && at >= from && at < until)
  const latencies = counted.map(({ ms }) => ms)
  const meanCalls = mean(counted.map(callsOf))
  return {
    ...(await check(answers, fake)),
    clients,
    throughput: counted.length / seconds,
    possible: clients / (meanCalls * (modelMs / 1000)),
    meanCalls,
    p50Ms: percentile(latencies, 0.5),
    p95Ms: percentile(latencies, 0.95),
    p50AddedMs: percentile(
      counted.map((answer) => answer.ms - answer.modelLatencyMs),
      0.5,
    ),
  }
}

export interface OwnTimeResult extends Checks {
  /** Milliseconds that a client waits beyond the model's own time: upload, checks, decoding, storing, answer. */
  p50Ms: number
  p95Ms: number
  /** The same by the answer's fields, latency_ms less model_latency_ms: without reading the upload and writing the answer. */
  insideP50Ms: number
  insideP95Ms: number
}

/** One client, one picture at a time. The first pictures warm up and are not counted. */
export async function runOwnTime(
  origin: string,
  fake: FakeProcess,
  jpeg: Buffer,
  { warmUp, photos }: { warmUp: number; photos: number },
): Promise<OwnTimeResult> {
  const client = connect(origin)
  const before = await fake.calls()
  const answers: Answer[] = []
  for (let sent = 0; sent < warmUp + photos; sent++) answers.push(await client.analyze(withOwnBytes(jpeg)))
  client.close()

  const counted = answers.slice(warmUp).filter(({ status }) => status === 200)
  const outside = counted.map(({ ms, modelLatencyMs }) => ms - modelLatencyMs)
  const inside = counted.map(({ latencyMs, modelLatencyMs }) => latencyMs - modelLatencyMs)
  const checks = await check(answers, fake)
  return {
    ...checks,
    modelCalls: checks.modelCalls - before.detect - before.explain,
    p50Ms: percentile(outside, 0.5),
    p95Ms: percentile(outside, 0.95),
    insideP50Ms: percentile(inside, 0.5),
    insideP95Ms: percentile(inside, 0.95),
  }
}
