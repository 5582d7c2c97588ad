import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import type { RouteReport } from '../../bench/loadtest/report.ts'
import { readScenario, scenarioNames } from '../../bench/loadtest/scenario.ts'
import { serve } from '../checklist/support.ts'
import { startService, testFolder } from '../support/service.ts'

const script = resolve(import.meta.dirname, '../../bench/loadtest/loadtest.ts')
const folder = testFolder()
t.teardown(() => folder.remove())
const file = join(folder.path, 'report.json')

interface Report {
  seconds: number
  requests: number
  errors: number
  refusals: number
  ok: boolean
  rows: RouteReport[]
}

async function run(env: Record<string, string>) {
  const child = spawn(process.execPath, [script, '--json', file], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await ended
  return { code, stdout, stderr, report: () => JSON.parse(readFileSync(file, 'utf8')) as Report }
}

t.test(
  'smoke scenario on the real service: every route answers, uploads are new pictures, and it ends on its own',
  async (t) => {
    const service = await startService({ RATE_LIMIT_PER_IP: '1000000' })
    t.teardown(() => service.close())
    const { code, stdout, stderr, report } = await run({ URL: service.url, SCENARIO: 'smoke', DURATION: '8' })
    t.equal(code, 0, stdout + stderr)
    const { seconds, errors, refusals, rows } = report()
    t.match({ seconds, errors, refusals }, { seconds: 8, errors: 0, refusals: 0 })
    t.strictSame(
      rows.map(({ route }) => route),
      ['health', 'history', 'stats', 'upload'],
    )
    for (const row of rows) {
      t.strictSame(Object.keys(row.statuses), ['200'], row.route)
      t.ok(
        row.p50Ms !== null &&
          row.p95Ms !== null &&
          row.p99Ms !== null &&
          row.p50Ms <= row.p95Ms &&
          row.p95Ms <= row.p99Ms,
      )
    }
    t.match(stdout, /\| phase +\| route +\| requests +\|/)
    t.match(stderr, /steady: \d of 8 s; answers: health \d+/)
    const { rows: counted } = await service.database.pool.query(
      'select count(distinct image_sha256)::int as n from analyses',
    )
    t.ok(counted[0].n >= (rows.at(-1)?.requests ?? Number.POSITIVE_INFINITY))
  },
)

t.test('fails on errors, but not on refusals or on a p95 above its target', async (t) => {
  let status = 500
  let delayMs = 0
  const origin = await serve(t, (request, response) => {
    request.resume()
    const wrong = request.url?.startsWith('/api/v1/stats')
    setTimeout(() => response.writeHead(wrong ? status : 200).end('{}'), delayMs)
  })
  const short = { URL: origin, SCENARIO: 'smoke', DURATION: '3' }
  const failed = await run(short)
  t.equal(failed.code, 1)
  t.match(failed.stdout, /steady, stats: \d+ errors; answers by status: \{"500":\d+\}/)
  t.ok(failed.report().errors > 0)
  status = 429
  const refused = await run(short)
  t.equal(refused.code, 0, refused.stdout)
  t.match(refused.report(), { errors: 0, ok: true })
  t.ok(refused.report().refusals > 0)
  t.equal(
    refused.report().rows.find(({ route }) => route === 'stats')?.p95Ms,
    null,
    'a refusal is quick, and no answer',
  )
  status = 200
  delayMs = 150
  const slow = await run(short)
  t.equal(slow.code, 0)
  t.match(slow.stdout, /\(target 100\)/)
})

t.test('fails if a route never answers, even without counted errors', async (t) => {
  const origin = await serve(t, (request, response) => {
    request.resume()
    if (!request.url?.startsWith('/api/v1/stats')) response.end('{}')
  })
  const { code, stdout, report } = await run({ URL: origin, SCENARIO: 'smoke', DURATION: '2' })
  t.equal(code, 1)
  t.match(stdout, /steady, stats: no answer during the phase/)
  t.match(report(), { errors: 0, silent: ['stats'] })
})

t.test('reports a foreign host, unknown scenario, invalid duration or unreachable host in one line', async (t) => {
  const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ URL: 'https://foreign.example' }, /ALLOW_HOST=foreign\.example/],
    [{ URL: 'http://127.0.0.1:9', SCENARIO: 'storm' }, /SCENARIO must be one of load, smoke, soak, spike/],
    [{ URL: 'http://127.0.0.1:9', DURATION: 'long' }, /DURATION must be a number of seconds/],
    [{ URL: 'http://127.0.0.1:10' }, /ECONNREFUSED|fetch failed/],
  ]
  for (const [env, said] of wrong) {
    const { code, stderr } = await run(env)
    t.equal(code, 2)
    t.match(stderr, said)
    t.equal(stderr.trim().split('\n').length, 1, stderr)
  }
})

t.test('scenarios have a target for every route, and DURATION scales their phases', async (t) => {
  for (const name of scenarioNames()) {
    const { routes, thresholds } = readScenario(name, null)
    t.strictSame(Object.keys(thresholds.p95Ms).sort(), routes.map((route) => route.name).sort(), name)
    for (const { path, photo } of routes) t.equal(Number(path !== undefined) + Number(photo !== undefined), 1)
  }
  t.strictSame(
    readScenario('spike', 8).phases.map(({ seconds }) => seconds),
    [2, 3, 3],
  )
})
