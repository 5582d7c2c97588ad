/** schemathesis tries the OpenAPI document on the running service: all of its checks but those that schemathesis.toml lists. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { installMoto, startMoto } from '../../fixtures/moto.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { spawnService } from '../../fixtures/processes.ts'
import { binOf, installPython } from '../../fixtures/python.ts'
import { startRedis } from '../../fixtures/redis.ts'
import { testFolder } from '../support/service.ts'

const API_KEY = 'contract-administrator-key-0123456789'
/**
 * The everyday run has the same few cases each time. `make verify` asks for more, from the seed "today", which changes with
 * the UTC day. The number of cases ends the run, not a time: with --max-time the tool goes on until it is over.
 */
const { SCHEMATHESIS_SEED = '20261123', SCHEMATHESIS_EXAMPLES: examples = '3' } = process.env
const today = new Date().toISOString().slice(0, 10).replaceAll('-', '')
const seed = SCHEMATHESIS_SEED === 'today' ? today : SCHEMATHESIS_SEED
const RUN = ['--seed', seed, '--max-examples', examples, '--warnings', 'off']
const AGAIN = `SCHEMATHESIS_SEED=${seed} SCHEMATHESIS_EXAMPLES=${examples} tap test/contract/schemathesis.test.ts`
// Six minutes alone for the cases of `make verify`.
t.setTimeout(900_000)
const missing = (await installPython('schemathesis')) ?? (await installMoto())

t.test('A1 every answer fits the OpenAPI document', { skip: missing ?? false, timeout: 860_000 }, async (t) => {
  process.stderr.write(`The same cases again: ${AGAIN}\n`)
  const redis = await startRedis()
  t.teardown(() => redis.stop())
  const moto = await startMoto()
  t.teardown(() => moto.stop())
  await moto.createBucket('contract')
  const data = testFolder()
  t.teardown(() => data.remove())
  const service = spawnService({
    ...moto.env,
    ENVIRONMENT: 'test',
    DATA_DIR: data.path,
    HOST: '127.0.0.1',
    API_KEY,
    REDIS_URL: redis.url,
    IMAGES_BUCKET: 'contract',
    RATE_LIMIT_PER_IP: '1000000',
    RATE_LIMIT_PER_KEY: '1000000',
  })
  t.teardown(() => service.stop())
  const origin = await service.listening

  const work = mkdtempSync(join(tmpdir(), 'wiko-contract-'))
  t.teardown(() => rmSync(work, { recursive: true, force: true }))
  const headers = { 'x-api-key': API_KEY }
  const picture = await photo()
  writeFileSync(join(work, 'photo.jpg'), picture)
  const first = await fetch(`${origin}/api/v1/analyze`, { method: 'POST', headers, body: photoForm(picture) })
  const { analysis } = (await first.json()) as { analysis: { defect_id: string } }

  const config = join(import.meta.dirname, 'schemathesis.toml')
  const args = ['--config-file', config, 'run', `${origin}/openapi.json`, ...RUN]
  const child = spawn(join(binOf('schemathesis'), 'st'), args, {
    cwd: work,
    env: {
      ...process.env,
      SCHEMATHESIS_HOOKS: join(import.meta.dirname, 'hooks.py'),
      WIKO_API_KEY: API_KEY,
      WIKO_PHOTO: join(work, 'photo.jpg'),
      WIKO_DEFECT_ID: analysis.defect_id,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = new Promise((resolve) => child.once('close', resolve))
  const report = await text(child.stdout)
  const passed = (await exited) === 0
  t.ok(passed, `${AGAIN}\n${report.slice(report.indexOf('= FAILURES =')).slice(0, 8000)}`)
  const [, tested = 0, all = 0] = /Selected: (\d+)\/(\d+)/.exec(report) ?? []
  t.equal(tested, all, 'every operation was tried')
  t.match(report, /[1-9]\d{2,} generated/, 'hundreds of cases')
})
