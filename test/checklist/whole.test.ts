import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { spawnService } from '../../fixtures/processes.ts'
import type { Result } from '../../ops/checklist/line.ts'
import { lastingDatabase } from '../support/lasting-database.ts'

const script = resolve(import.meta.dirname, '../../ops/checklist.ts')

async function run(env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, ['--disable-warning=DEP0044', script, ...args], {
    env: { PATH: process.env.PATH, AWS_EC2_METADATA_DISABLED: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const code = new Promise<number | null>((done) => child.once('close', done))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, stdout, stderr }
}

t.test(
  'the whole checklist on the local product: what can be checked passes, the rest is listed as not run',
  async (t) => {
    const { env, dataDir } = await lastingDatabase(t)
    const apiKey = 'canary-key-of-the-whole-checklist'
    const service = spawnService({ ...env, RATE_LIMIT_PER_IP: '60 per minute', API_KEY: apiKey, HOST: '127.0.0.1' })
    t.teardown(() => service.stop())
    const origin = await service.listening
    const log = join(dataDir, 'log')
    await writeFile(log, `${service.logs.join('\n')}\n`)
    const given = { URL: origin, CHECKLIST_API_KEY: apiKey, DATABASE_URL: String(env.DATABASE_URL), LOG_FILE: log }
    const { code, stdout, stderr } = await run(given, '--json')
    t.equal(code, 0, stderr)
    t.notMatch(stdout + stderr, /canary/, 'the key is never printed')
    const report = JSON.parse(stdout) as {
      passed: number
      failed: number
      simulated: number
      not_run: number
      lines: Result[]
    }
    t.match(report, { failed: 0, simulated: 0 })
    const left = report.lines.filter(({ state }) => state === 'not run').map(({ group, name }) => `${group}: ${name}`)
    t.ok(
      left.every((line) => /^(TLS|The AWS account|Stores: the picture is in the bucket)/.test(line)),
      left.join('\n'),
    )
    t.equal(report.passed, report.lines.length - left.length)
    t.match(
      report.lines.find(({ name }) => name === 'the row is in PostgreSQL'),
      { state: 'pass', tag: 'real', evidence: /1 row/ },
    )
    t.match(report.lines.at(-1), { state: 'pass', evidence: /429 on request 61/ })
    t.match(stderr, /NOT RUN, so not passed:/)
  },
)

t.test('--strict fails for what was not run; a wrong address is one line', async (t) => {
  const dead = await run({ URL: 'http://127.0.0.1:9' })
  t.equal(dead.code, 1)
  for (const [env, said] of [
    [{}, /^Say what to check.*\n$/],
    [{ URL: 'nonsense' }, /^URL must be an address.*\n$/],
  ] as const) {
    const wrong = await run(env)
    t.equal(wrong.code, 2)
    t.match(wrong.stderr, said)
  }
  const unknown = await run({ URL: 'http://127.0.0.1:9' }, '--key=secret')
  t.equal(unknown.code, 2)
})
