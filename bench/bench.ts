/**
 * Measures the service as it runs: `node bench/bench.ts [--quick] [--json FILE] [--clients N] [--model-ms N] [--defect-every N]`.
 *
 * Three processes on loopback: the service with embedded PostgreSQL and a folder of images, a fake of Azure that takes a set time for a
 * call, and this one, the clients. All three share the machine, so what the clients cost is taken from the service. Judged (exit code 1)
 * are ratios and counts; milliseconds and memory depend on the machine and are only shown beside their targets.
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { descendants, type FakeProcess, HAS_PROC, memoryOf, spawnFake, spawnService } from '../test/server/processes.ts'
import { machine, withCpu } from './machine.ts'
import { drawPhoto } from './photos.ts'
import { type Checks, runLoad, runOwnTime } from './scenarios.ts'
import { formatTable, type Results, rowsOf } from './table.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    clients: { type: 'string', default: '64' },
    /** Milliseconds of a model call under load. */
    'model-ms': { type: 'string', default: '2000' },
    /** Every nth picture has a defect and costs two calls; 0: none. */
    'defect-every': { type: 'string', default: '4' },
    /** Writes CPU profiles of the service into this folder. */
    'cpu-profile': { type: 'string' },
  },
})
const quick = values.quick

const say = (text: string): void => void process.stderr.write(`${text}\n`)

const dataDir = resolve(import.meta.dirname, '../.data/bench', randomBytes(6).toString('hex'))
let interrupt = (): void => process.exit(130)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt())

interface Running {
  origin: string
  fake: FakeProcess
  pid: number
}

/** Starts fake and service, runs the scenario, stops both whatever happens. Returns the result and the service's peak memory. */
async function withService<T>(
  settings: { delayMs: number; defectEvery: number },
  scenario: (running: Running) => Promise<T>,
): Promise<{ result: T; peakMb: number }> {
  await using cleanUp = new AsyncDisposableStack()
  const interrupted = new Promise<never>((_, reject) => {
    interrupt = () => reject(new Error('interrupted'))
  })
  const fake = await spawnFake(settings)
  cleanUp.defer(() => fake.stop())
  const profile = values['cpu-profile']
  const service = spawnService(
    {
      ENVIRONMENT: 'test',
      DATA_DIR: dataDir,
      RATE_LIMIT_PER_IP: '1000000',
      RATE_LIMIT_PER_KEY: '1000000',
      ...fake.env,
    },
    profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [],
  )
  cleanUp.defer(async () => void (await service.stop()))
  const ended = service.exited.then((code) => {
    throw new Error(`the service ended (${code}): ${service.errors.join('\n')}`)
  })
  const result = await Promise.race([
    service.listening.then((origin) => scenario({ origin, fake, pid: service.pid })),
    ended,
    interrupted,
  ])
  return { result, peakMb: memoryOf(service.pid, 'VmHWM') }
}

async function measure(): Promise<Results> {
  say('drawing the photos')
  const small = await drawPhoto(1152, 864)
  const large = await drawPhoto(4000, 3000)

  const modelMs = Number(values['model-ms'])
  const timing = quick ? { warmUpSeconds: 4, seconds: 10 } : { warmUpSeconds: 6, seconds: 60 }
  say(`${values.clients} clients, ${modelMs} ms a model call, for ${timing.warmUpSeconds + timing.seconds} seconds`)
  const load = await withService(
    { delayMs: modelMs, defectEvery: Number(values['defect-every']) },
    ({ origin, fake, pid }) =>
      withCpu({ service: pid, ours: [fake.pid, ...(HAS_PROC ? descendants(pid) : [])] }, () =>
        runLoad(origin, fake, small, { clients: Number(values.clients), modelMs, ...timing }),
      ),
  )
  const ownTime = await withService({ delayMs: 0, defectEvery: 0 }, async ({ origin, fake }) => {
    say('one client, 1-megapixel photos')
    const oneMegapixel = await runOwnTime(origin, fake, small, { warmUp: 10, photos: quick ? 30 : 200 })
    say('one client, 12-megapixel photos')
    const twelveMegapixels = await runOwnTime(origin, fake, large, { warmUp: 3, photos: quick ? 8 : 60 })
    return { oneMegapixel, twelveMegapixels }
  })
  return {
    machine,
    load: load.result.result,
    cpu: load.result.cpu,
    ...ownTime.result,
    peakMemoryMb: HAS_PROC ? Math.max(load.peakMb, ownTime.peakMb) : null,
  }
}

function listErrors(all: Checks[]): void {
  for (const { errors } of all) {
    for (const [reason, count] of Object.entries(errors)) say(`${count} x ${reason}`)
  }
}

mkdirSync(dataDir, { recursive: true })
try {
  const results = await measure()
  const rows = rowsOf(results)
  listErrors([results.load, results.oneMegapixel, results.twelveMegapixels])
  process.stdout.write(
    `\nMachine: ${results.machine}; clients, fake model and database on it too\n\n${formatTable(rows)}\n`,
  )
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ ...results, rows }, null, 2)}\n`)
  process.exitCode = rows.some(({ ok }) => ok === false) ? 1 : 0
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
