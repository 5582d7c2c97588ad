import { testFolder } from '../../fixtures/folder.ts'
import { freePort } from '../../fixtures/free-port.ts'
import { eventually, type Load, type Outcome, send, startLoad, upload } from '../../fixtures/load.ts'
import { photo } from '../../fixtures/photos.ts'
import { createPostgres, type PostgresServer } from '../../fixtures/postgres.ts'
import { type FakeProcess, type ServiceProcess, spawnFake, spawnService } from '../../fixtures/processes.ts'
import { type RoundRobin, startRoundRobin } from '../../fixtures/round-robin.ts'
import type { Stage } from './drill.ts'

/** What prod has, on this machine: two processes of the API behind a load balancer, one PostgreSQL, and a fake of the model. */
export interface TwoTasks {
  readonly services: ServiceProcess[]
  readonly postgres: PostgresServer
  readonly fake: FakeProcess
  readonly balancer: RoundRobin
  readonly url: string
  /** Starts a task again on its port. */
  restart(index: number): Promise<void>
  read(): Promise<Outcome>
  post(): Promise<Outcome>
  /** Two reads and an upload in turn, so many requests a second. */
  load(perSecond: number): Promise<Load>
}

/** Starts them; all of it ends with the drill. */
export async function twoTasks(stage: Stage, env: Record<string, string> = {}): Promise<TwoTasks> {
  const folder = testFolder()
  stage.teardown(() => folder.remove())
  const postgres = await createPostgres()
  stage.teardown(() => postgres.remove())
  await postgres.start()
  const fake = await spawnFake({ delayMs: 50 })
  stage.teardown(() => fake.stop())
  const ports = [await freePort(), await freePort()]
  const start = (port: number) =>
    spawnService({
      ENVIRONMENT: 'test',
      PORT: String(port),
      DATA_DIR: folder.path,
      DATABASE_URL: postgres.url,
      RATE_LIMIT_PER_IP: '1000000',
      ...fake.env,
      ...env,
    })
  const services: ServiceProcess[] = []
  stage.teardown(() => Promise.all(services.map((service) => service.stop())))
  for (const port of ports) services.push(start(port))
  await Promise.all(services.map(({ listening }) => listening))
  const balancer = await startRoundRobin(ports.map((port) => `http://127.0.0.1:${port}`))
  stage.teardown(() => balancer.close())
  const jpeg = await photo()
  const read = () => send(`${balancer.url}/api/v1/analyses?limit=5`)
  const post = () => send(`${balancer.url}/api/v1/analyze`, upload(jpeg))
  return {
    services,
    postgres,
    fake,
    balancer,
    url: balancer.url,
    async restart(index) {
      services[index] = start(ports[index] ?? 0)
      await services[index].listening
    },
    read,
    post,
    async load(perSecond) {
      let turn = 0
      const load = startLoad(stage, perSecond, () => (turn++ % 3 === 0 ? post() : read()))
      await eventually(() => load.outcomes.length >= perSecond)
      return load
    },
  }
}

/** Outcomes that are an answer of the service as it should be. */
export const good = (outcomes: readonly Outcome[]) => outcomes.filter(({ status }) => status === 200)
export const bad = (outcomes: readonly Outcome[]) => outcomes.filter(({ status }) => status !== 200)

/** Seconds from `since` (performance.now()) until the first of three good answers in a row. */
export async function healed(since: number, ask: () => Promise<Outcome>, most: number): Promise<number> {
  let inARow = 0
  let first = Number.NaN
  await eventually(async () => {
    const { status, at } = await ask()
    inARow = status === 200 ? inARow + 1 : 0
    if (inARow === 1) first = at
    return inARow === 3
  }, most)
  return Math.max(0, (first - since) / 1000)
}
