import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { type FakeProcess, memoryOf, spawnFake, spawnService } from '../fixtures/processes.ts'

/** Prints progress to standard error; results go to standard output. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`)

export interface Running {
  origin: string
  fake: FakeProcess
  pid: number
}

export interface Settings {
  /** Milliseconds per model call. */
  modelMs: number
  /** Every nth picture has a defect, which takes two model calls; 0: none. */
  defectEvery: number
  env?: Record<string, string>
  /** Folder for CPU profiles of the service. */
  profile?: string | undefined
}

const HIGH = '1000000'
let interrupt = (): void => process.exit(130)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt())

/**
 * Runs a scenario against a new service and fake Azure, with embedded PostgreSQL and an image folder unless `env` says otherwise.
 * Always stops both. Returns the result and the peak memory of the service in MB.
 */
export async function withService<T>(
  { modelMs, defectEvery, env = {}, profile }: Settings,
  scenario: (running: Running) => Promise<T>,
): Promise<{ result: T; peakMb: number }> {
  const dataDir = resolve(import.meta.dirname, '../.data/bench', randomBytes(6).toString('hex'))
  mkdirSync(dataDir, { recursive: true })
  await using cleanUp = new AsyncDisposableStack()
  cleanUp.defer(() => rmSync(dataDir, { recursive: true, force: true }))
  const interrupted = new Promise<never>((_, reject) => {
    interrupt = () => reject(new Error('Interrupted'))
  })
  const fake = await spawnFake({ delayMs: modelMs, defectEvery })
  cleanUp.defer(() => fake.stop())
  const service = spawnService(
    {
      ENVIRONMENT: 'test',
      DATA_DIR: dataDir,
      RATE_LIMIT_PER_IP: HIGH,
      RATE_LIMIT_PER_KEY: HIGH,
      PHOTO_GATE: 'on',
      ...fake.env,
      ...env,
    },
    profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [],
  )
  cleanUp.defer(async () => void (await service.stop()))
  const ended = service.exited.then((code) => {
    throw new Error(`Service exited with code ${code}: ${service.errors.join('\n')}`)
  })
  const result = await Promise.race([
    service.listening.then((origin) => scenario({ origin, fake, pid: service.pid })),
    ended,
    interrupted,
  ])
  return { result, peakMb: memoryOf(service.pid, 'VmHWM') }
}
