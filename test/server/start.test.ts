import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import t from 'tap'
import type { Static } from 'typebox'
import type { AnalysisList } from '../../api/features/analyses/schemas.ts'
import { descendants, HAS_PROC, type ServiceProcess, spawnService, survivors } from '../../fixtures/processes.ts'
import { bodyOf } from '../support/http.ts'
import { testFolder } from '../support/service.ts'

/** What an operator reads where the service does not start. */
const folder = testFolder()
t.teardown(() => folder.remove())

const run = promisify(execFile)
const CANARY = 'canary value'
const ended = async (service: ServiceProcess) => ({ code: await service.exited, lines: service.errors })
const noTrace = /^\s+at |node:internal|\.ts:\d/

t.test('Each invalid variable is one line with its name, without the value (S10)', async (t) => {
  const wrong = {
    ENVIRONMENT: 'test',
    API_KEY: CANARY,
    SECRET_KEY: CANARY,
    PORT: CANARY,
    LOG_LEVEL: CANARY,
    CORS_ORIGINS: CANARY,
    TRUSTED_PROXY_HOPS: CANARY,
    RATE_LIMIT_PER_IP: CANARY,
    RATE_LIMIT_PER_KEY: CANARY,
    MAX_IMAGE_SIZE_MB: CANARY,
    MAX_BATCH_SIZE: CANARY,
    BATCH_TIMEOUT: CANARY,
    REVIEW_BELOW: CANARY,
    DATABASE_URL: CANARY,
    REDIS_URL: CANARY,
    IMAGES_BUCKET: CANARY,
    ANALYZER: CANARY,
    AZURE_AI_ENDPOINT: CANARY,
    AZURE_API_TIMEOUT: CANARY,
    AZURE_MAX_CONCURRENCY: CANARY,
    AZURE_REASONING_EFFORT: CANARY,
    AZURE_PRICE_PER_MILLION_TOKENS: CANARY,
    API_KEY_SECRET_ARN: CANARY,
    SECRET_KEY_SECRET_ARN: CANARY,
    SECRET_KEY_PREVIOUS: CANARY,
    DATABASE_IAM: CANARY,
    DATABASE_POOL_SIZE: CANARY,
    EXTRA_PRODUCTS: CANARY,
    ROLE: CANARY,
    INGEST_CONCURRENCY: CANARY,
    INGEST_RETRIES: CANARY,
    SHUTDOWN_TIMEOUT: CANARY,
    WEBHOOK_URL: CANARY,
    WEBHOOK_SECRET: CANARY,
    EVENTS_TOPIC_ARN: CANARY,
  }
  const service = spawnService({ ...wrong, DATA_DIR: folder.path })
  const { code, lines } = await ended(service)
  t.equal(code, 1)
  t.match(lines[0], /cannot start/)
  for (const name of Object.keys(wrong).filter((name) => name !== 'ENVIRONMENT')) {
    t.equal(lines.filter((line) => line.startsWith(`  - ${name} must `)).length, 1, name)
  }
  for (const line of [...lines, ...service.logs]) {
    t.notMatch(line, CANARY)
    t.notMatch(line, noTrace)
  }
})

t.test('Production without settings lists everything that is missing', async (t) => {
  const { code, lines } = await ended(spawnService({ ENVIRONMENT: 'production', DATA_DIR: folder.path }))
  t.equal(code, 1)
  for (const name of ['API_KEY', 'SECRET_KEY', 'DATABASE_URL', 'REDIS_URL', 'IMAGES_BUCKET', 'AZURE_AI_ENDPOINT']) {
    t.equal(lines.filter((line) => line.startsWith(`  - ${name} must be set`)).length, 1, name)
  }
  t.equal(lines.length, 7, 'a headline, and nothing else')
})

t.test('An unusable database is one line without the password', async (t) => {
  const silent = createServer((socket) => socket.end('this is no database\n'))
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
  t.teardown(() => silent.close())
  const { port } = silent.address() as { port: number }
  const url = `postgresql://wiko:canary-password@127.0.0.1:${port}/wiko`
  const { code, lines } = await ended(spawnService({ ENVIRONMENT: 'test', DATA_DIR: folder.path, DATABASE_URL: url }))
  t.equal(code, 1)
  t.match(lines, [/cannot start: .+/])
  t.notMatch(lines.join('\n'), /canary-password/)
})

t.test('A second copy beside a running one', { skip: HAS_PROC ? false : 'there is no /proc' }, async (t) => {
  const first = spawnService({ ENVIRONMENT: 'test', DATA_DIR: folder.path })
  t.teardown(() => first.stop())
  const origin = new URL(await first.listening)

  await t.test('a port in use is one line that names it', async (t) => {
    const other = testFolder()
    t.teardown(() => other.remove())
    const second = spawnService({ ENVIRONMENT: 'test', DATA_DIR: other.path, PORT: origin.port })
    const children: number[] = []
    while (children.length < 2 && second.process.exitCode === null) {
      children.splice(0, children.length, ...descendants(second.pid))
      await new Promise((done) => setTimeout(done, 20))
    }
    const { code, lines } = await ended(second)
    t.equal(code, 1)
    const said = lines.filter((line) => line !== 'Starting embedded PostgreSQL')
    t.match(said, [new RegExp(`cannot start: .*${origin.port}`)])
    t.same(await survivors(children), [], 'and its PostgreSQL is gone')
  })

  await t.test('a data folder in use is one line that says what to do', async (t) => {
    const { code, lines } = await ended(spawnService({ ENVIRONMENT: 'test', DATA_DIR: folder.path }))
    t.equal(code, 1)
    const said = lines.filter((line) => line !== 'Starting embedded PostgreSQL')
    t.match(said, [/another copy is running on .*set DATA_DIR/])
    t.equal((await fetch(`${origin.origin}/ready`)).status, 200, 'the first one goes on')
  })

  await t.test('demo data is added and removed while it runs', async (t) => {
    const env = { ...process.env, ENVIRONMENT: 'test', DATA_DIR: folder.path, DATABASE_URL: '' }
    const demoData = (...args: string[]) => run(process.execPath, ['scripts/demo-data.ts', ...args], { env })
    const stored = async () =>
      (await bodyOf<Static<typeof AnalysisList>>(await fetch(`${origin.origin}/api/v1/analyses?limit=10`))).analyses
        .length
    await demoData('--count=100', '--days=7')
    t.equal(await stored(), 10, 'the running product shows them')
    await demoData('--remove')
    t.equal(await stored(), 0)
    t.equal((await fetch(`${origin.origin}/ready`)).status, 200, 'its PostgreSQL goes on')
  })
})
