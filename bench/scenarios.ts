import { setTimeout as sleep } from 'node:timers/promises'
import type { FakeProcess } from '../fixtures/processes.ts'
import { type Answer, connect } from './client.ts'
import { withUniqueBytes } from './photos.ts'
import { mean, percentile, sum } from './statistics.ts'

/** Checks that must hold for every scenario on any machine. */
export interface Checks {
  requests: number
  /** Answers other than 200, by status and reason. */
  errors: Record<string, number>
  /** Pictures wrongly recognised as duplicates; every picture is unique. */
  duplicates: number
  /** Model calls implied by the verdicts (1 for a good part, 2 for a defect), and actual model calls. */
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
  /** Good answers per second in the measured period, and the maximum that the model allows. */
  throughput: number
  possible: number
  meanCalls: number
  p50Ms: number
  p95Ms: number
  /** Median latency added by the service to the model's time. */
  p50AddedMs: number
}

export interface LoadOptions {
  clients: number
  modelMs: number
  /** Seconds before and during the measured period. Requests in flight at its end are awaited. */
  warmUpSeconds: number
  seconds: number
}

/**
 * Closed-loop load: all clients start together, and each sends its next picture after the previous answer. The upper bound is
 * clients / (mean calls x model time); any shortfall is due to the service.
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
      const answer = await client.analyze(withUniqueBytes(jpeg))
      answers.push({ ...answer, at: performance.now() })
      // Back off after a refusal.
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
  /** Milliseconds that a client waits beyond the model's time: upload, checks, decoding, storing, answer. */
  p50Ms: number
  p95Ms: number
  /** latency_ms minus model_latency_ms of the answer, which excludes reading the upload and writing the answer. */
  insideP50Ms: number
  insideP95Ms: number
}

/** One client, one picture at a time. The warm-up pictures are not counted. */
export async function runOwnTime(
  origin: string,
  fake: FakeProcess,
  jpeg: Buffer,
  { warmUp, photos }: { warmUp: number; photos: number },
): Promise<OwnTimeResult> {
  const client = connect(origin)
  const before = await fake.calls()
  const answers: Answer[] = []
  for (let sent = 0; sent < warmUp + photos; sent++) answers.push(await client.analyze(withUniqueBytes(jpeg)))
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
