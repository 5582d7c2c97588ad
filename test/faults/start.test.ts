import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import t from 'tap'
import { eventually, send, upload } from '../../fixtures/load.ts'
import { installMoto, startMoto } from '../../fixtures/moto.ts'
import { photo } from '../../fixtures/photos.ts'
import { createPostgres } from '../../fixtures/postgres.ts'
import { spawnService } from '../../fixtures/processes.ts'
import { startRedis } from '../../fixtures/redis.ts'
import { testFolder } from '../support/service.ts'

/** The service starts before its database. */
const run = promisify(execFile)
const status = async (url: string) => (await send(url)).status
const migrate = (url: string) =>
  run(process.execPath, [resolve(import.meta.dirname, '../../api/database/migrate.ts')], {
    env: { PATH: process.env.PATH, DATABASE_URL: url },
  })

t.test('D8 in development it waits for its database, and says so', async (t) => {
  const folder = testFolder()
  const postgres = await createPostgres()
  const service = spawnService({ ENVIRONMENT: 'development', DATA_DIR: folder.path, DATABASE_URL: postgres.url })
  t.teardown(async () => {
    await service.stop()
    await postgres.remove()
    folder.remove()
  })
  await eventually(() => service.errors.length > 0)
  t.match(service.errors, [/^waiting for the database: .*ECONNREFUSED/])
  await sleep(4_000)
  t.equal(service.process.exitCode, null, 'it goes on waiting')
  t.equal(service.errors.length, 1, 'in one line')
  await postgres.start()
  t.equal(await status(`${await service.listening}/ready`), 200)
})

const KEY = 'start-test-api-key-0123456789'
const skip = (await installMoto()) ?? false

/** Everything that production asks for, but the database. */
async function productionParts(t: { teardown(end: () => Promise<void>): void }): Promise<Record<string, string>> {
  const redis = await startRedis()
  const moto = await startMoto()
  t.teardown(async () => {
    await redis.stop()
    await moto.stop()
  })
  await moto.createBucket('wiko-images')
  return {
    ENVIRONMENT: 'production',
    HOST: '127.0.0.1',
    API_KEY: KEY,
    SECRET_KEY: 'start-test-secret-key-0123456789',
    REDIS_URL: redis.url,
    IMAGES_BUCKET: 'wiko-images',
    ANALYZER: 'local',
    ...moto.env,
    DATABASE_IAM: 'false',
    SHUTDOWN_GRACE: '0',
  }
}

t.test('D8 in production it listens at once, is not ready, and heals when the database comes', { skip }, async (t) => {
  const folder = testFolder()
  const postgres = await createPostgres()
  const env = { ...(await productionParts(t)), DATA_DIR: folder.path, DATABASE_URL: postgres.url }
  const migration = migrate(postgres.url)
  const service = spawnService(env)
  t.teardown(async () => {
    await service.stop()
    await postgres.remove()
    folder.remove()
  })
  const origin = await service.listening
  t.equal(await status(`${origin}/health`), 200)
  t.equal(await status(`${origin}/ready`), 503)
  t.equal((await send(`${origin}/api/v1/stats`, { headers: { 'x-api-key': KEY } })).status, 503)
  await sleep(2_000)
  await postgres.start()
  t.match((await migration).stdout, /^waiting for the database[\s\S]*up to date/, 'the migration waited too')
  await eventually(async () => (await status(`${origin}/ready`)) === 200)
  const photoSent = upload(await photo())
  const sent = { ...photoSent, headers: { ...photoSent.headers, 'x-api-key': KEY } }
  const analysed = await send(`${origin}/api/v1/analyze`, sent)
  t.equal(analysed.status, 200, analysed.body.slice(0, 200))
  t.equal(service.process.exitCode, null)
})
