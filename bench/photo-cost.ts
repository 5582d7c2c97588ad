import { descendants, HAS_PROC } from '../fixtures/processes.ts'
import { withCpu } from './machine.ts'
import { say, withService } from './running.ts'
import { runLoad } from './scenarios.ts'
import type { Row } from './table.ts'

const CLIENTS = 16
const TARGET_CPU_MS = 28
const TARGET_A_SECOND = 60

/**
 * Cost of one photo: CPU time of the service process (all threads, excluding database, clients and model), throughput and memory.
 * The model answers at once, so that only the service's own work is measured.
 */
export async function runPhotoCost(jpeg: Buffer, quick: boolean, profile: string | undefined): Promise<Row[]> {
  const settings = { modelMs: 0, defectEvery: 0, profile, env: { AZURE_MAX_CONCURRENCY: String(CLIENTS) } }
  const { result, peakMb } = await withService(settings, async ({ origin, fake, pid }) => {
    const load = { clients: CLIENTS, modelMs: 0, warmUpSeconds: 0 }
    say(`${CLIENTS} clients, 0 ms per model call`)
    // Warm up JIT and pools first, because they are one-time costs.
    await runLoad(origin, fake, jpeg, { ...load, seconds: quick ? 4 : 8 })
    return withCpu({ service: pid, ours: [fake.pid, ...(HAS_PROC ? descendants(pid) : [])] }, () =>
      runLoad(origin, fake, jpeg, { ...load, seconds: quick ? 8 : 30 }),
    )
  })
  const { requests, throughput, errors } = result.result
  const failed = Object.values(errors).reduce((sum, count) => sum + count, 0)
  const { cpu } = result
  const others = cpu ? `; ${(cpu.others * 100).toFixed(0)} % of the machine used by other programs` : ''
  return [
    {
      what: `CPU time of the service process per photo, ${CLIENTS} clients, 1 megapixel, model 0 ms`,
      target: `${TARGET_CPU_MS} ms`,
      measured: cpu
        ? `${((cpu.serviceSeconds / requests) * 1000).toFixed(1)} ms (${requests} photos${others})`
        : 'unknown',
      ok: null,
    },
    {
      what: 'Photos per second in the same run',
      target: `${TARGET_A_SECOND}`,
      measured: `${throughput.toFixed(1)}; ${failed} errors; peak memory ${peakMb.toFixed(0)} MB`,
      ok: failed === 0,
    },
  ]
}
