import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { FAKE_KEY } from '../fixtures/fake-azure.ts'
import { type FakeProcess, spawnFake } from '../fixtures/processes.ts'
import { type Running, say, withService } from './running.ts'
import { runLoad } from './scenarios.ts'
import { sum } from './statistics.ts'
import type { Row } from './table.ts'

const DEFECT_EVERY = 4

interface Cell {
  clients: number
  modelMs: number
  /** Analyses per second, and the maximum that the model's time allows (Infinity at 0 ms). */
  throughput: number
  possible: number
  /** Median latency minus the model's time. */
  addedMs: number
  /** Answers with 503, given under overload. */
  refused: number
  errors: number
}

/** Throughput and added latency for each combination of client count and model time. */
export async function runGrid(jpeg: Buffer, quick: boolean): Promise<Row[]> {
  const cells: Cell[] = []
  for (const modelMs of [0, 200, 2000]) {
    const { result } = await withService(
      // Allows as many concurrent model calls as there are clients, to measure the service rather than its limit.
      { modelMs, defectEvery: DEFECT_EVERY, env: { AZURE_MAX_CONCURRENCY: '256' } },
      async ({ origin, fake }: Running) => {
        const row: Cell[] = []
        for (const clients of quick ? [1, 64] : [1, 16, 64, 256]) {
          say(`${clients} clients, ${modelMs} ms per model call`)
          const warmUpSeconds = 1 + (2 * modelMs) / 1000
          const load = await runLoad(origin, fake, jpeg, { clients, modelMs, warmUpSeconds, seconds: quick ? 5 : 12 })
          row.push({
            clients,
            modelMs,
            throughput: load.throughput,
            possible: load.possible,
            addedMs: load.p50AddedMs,
            refused: countOf(load.errors, (reason) => reason.startsWith('503')),
            errors: countOf(load.errors, (reason) => !reason.startsWith('503')),
          })
        }
        return row
      },
    )
    cells.push(...result)
  }
  const baselines = new Map<number, number>()
  for (const modelMs of [200, 2000]) baselines.set(modelMs, await runBaseline(jpeg, modelMs, quick))
  return cells.map((cell) => rowOf(cell, baselines.get(cell.modelMs)))
}

const countOf = (reasons: Record<string, number>, wanted: (reason: string) => boolean): number =>
  sum(Object.entries(reasons).map(([reason, count]) => (wanted(reason) ? count : 0)))

function rowOf(
  { clients, modelMs, throughput, possible, addedMs, refused, errors }: Cell,
  baseline: number | undefined,
): Row {
  const limit = Number.isFinite(possible) ? ` of ${possible.toFixed(1)}` : ''
  const times = baseline ? `; ${(throughput / baseline).toFixed(1)} times the baseline's ${baseline.toFixed(2)}` : ''
  return {
    what: `${clients} client${clients === 1 ? '' : 's'}, ${modelMs} ms per model call`,
    target: 'no errors except 503',
    measured: `${throughput.toFixed(1)}${limit} analyses per second, ${addedMs.toFixed(0)} ms added (p50)${times}; ${refused} refused, ${errors} errors`,
    ok: errors === 0,
  }
}

/** Analyses per second of the prototype that the product replaces, with the same fake. */
async function runBaseline(jpeg: Buffer, modelMs: number, quick: boolean): Promise<number> {
  say(`baseline with four synchronous workers, ${modelMs} ms per model call`)
  const fake: FakeProcess = await spawnFake({ delayMs: modelMs, defectEvery: DEFECT_EVERY })
  const script = resolve(import.meta.dirname, 'baseline-server.ts')
  const child = spawn(process.execPath, [script, fake.url, FAKE_KEY], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [origin] = await once(createInterface(child.stdout), 'line')
    const seconds = quick ? 10 : 30
    const load = await runLoad(String(origin), fake, jpeg, { clients: 16, modelMs, warmUpSeconds: 2, seconds })
    return load.throughput
  } finally {
    child.kill()
    await fake.stop()
  }
}
