/**
 * Benchmark of the running service: `node bench/bench.ts [--quick] [--only photo,load,grid,overload,memory,reads,golden] [--json FILE]`.
 *
 * Three processes on loopback: the service with embedded PostgreSQL and an image folder, a fake Azure with a fixed call time, and
 * this process with the clients. They share the machine, so the clients take CPU time from the service. Ratios and counts are judged
 * (exit code 1); milliseconds and memory depend on the machine and are only shown beside their targets.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { descendants, HAS_PROC } from '../fixtures/processes.ts'
import { runGolden } from './golden.ts'
import { runGrid } from './grid.ts'
import { machine, withCpu } from './machine.ts'
import { runMemory } from './memory.ts'
import { runOverload } from './overload.ts'
import { runPhotoCost } from './photo-cost.ts'
import { drawPhoto } from './photos.ts'
import { runReads } from './reads.ts'
import { say, withService } from './running.ts'
import { type Checks, runLoad, runOwnTime } from './scenarios.ts'
import { formatTable, type Row, rowsOf } from './table.ts'

const PARTS = ['photo', 'load', 'grid', 'overload', 'memory', 'reads', 'golden'] as const

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: PARTS.join() },
    json: { type: 'string' },
    /** For the part "load". */
    clients: { type: 'string', default: '64' },
    /** Milliseconds per model call, for the part "load". */
    'model-ms': { type: 'string', default: '2000' },
    /** Every nth picture has a defect, which takes two model calls; 0: none. */
    'defect-every': { type: 'string', default: '4' },
    /** Folder for CPU profiles of the service. */
    'cpu-profile': { type: 'string' },
  },
})
const { quick, 'cpu-profile': profile } = values

async function runLoadPart(small: Buffer): Promise<Row[]> {
  const large = await drawPhoto(4000, 3000)
  const modelMs = Number(values['model-ms'])
  const timing = quick ? { warmUpSeconds: 4, seconds: 10 } : { warmUpSeconds: 6, seconds: 60 }
  say(`${values.clients} clients, ${modelMs} ms per model call, for ${timing.warmUpSeconds + timing.seconds} seconds`)
  const load = await withService(
    { modelMs, defectEvery: Number(values['defect-every']), profile },
    ({ origin, fake, pid }) =>
      withCpu({ service: pid, ours: [fake.pid, ...(HAS_PROC ? descendants(pid) : [])] }, () =>
        runLoad(origin, fake, small, { clients: Number(values.clients), modelMs, ...timing }),
      ),
  )
  const ownTime = await withService({ modelMs: 0, defectEvery: 0, profile }, async ({ origin, fake }) => {
    say('one client, 1-megapixel photos')
    const oneMegapixel = await runOwnTime(origin, fake, small, { warmUp: 10, photos: quick ? 30 : 200 })
    say('one client, 12-megapixel photos')
    const twelveMegapixels = await runOwnTime(origin, fake, large, { warmUp: 3, photos: quick ? 8 : 60 })
    return { oneMegapixel, twelveMegapixels }
  })
  const { result, cpu } = load.result
  listErrors([result, ownTime.result.oneMegapixel, ownTime.result.twelveMegapixels])
  return rowsOf({
    load: result,
    cpu,
    ...ownTime.result,
    peakMemoryMb: HAS_PROC ? Math.max(load.peakMb, ownTime.peakMb) : null,
  })
}

function listErrors(all: Checks[]): void {
  for (const { errors } of all) {
    for (const [reason, count] of Object.entries(errors)) say(`${count} x ${reason}`)
  }
}

const parts = values.only.split(',')
const unknown = parts.filter((part) => !PARTS.some((known) => known === part))
if (unknown.length > 0) {
  say(`--only: unknown part ${unknown.join(', ')}; use ${PARTS.join(', ')}`)
  process.exit(2)
}
try {
  const small = await drawPhoto(1152, 864)
  const measures: Record<(typeof PARTS)[number], () => Promise<Row[]>> = {
    photo: () => runPhotoCost(small, quick, profile),
    load: () => runLoadPart(small),
    grid: () => runGrid(small, quick),
    overload: () => runOverload(small, quick),
    memory: () => runMemory(quick),
    reads: () => runReads(quick),
    golden: () => runGolden(quick),
  }
  const rows: Row[] = []
  for (const part of PARTS.filter((name) => parts.includes(name))) rows.push(...(await measures[part]()))
  process.stdout.write(
    `\nMachine: ${machine}; shared by service, clients, fake model and database\n\n${formatTable(rows)}\n`,
  )
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, rows }, null, 2)}\n`)
  process.exitCode = rows.some(({ ok }) => ok === false) ? 1 : 0
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
