import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { access } from '../../ops/checklist/access.ts'
import { analysis } from '../../ops/checklist/analysis.ts'
import { headers } from '../../ops/checklist/headers.ts'
import { health } from '../../ops/checklist/health.ts'
import { limits } from '../../ops/checklist/limits.ts'
import { logs } from '../../ops/checklist/logs.ts'
import { page } from '../../ops/checklist/page.ts'
import { resultOf, scriptedAnalyzer } from '../support/analyzers.ts'
import { startService, testFolder } from '../support/service.ts'
import { check, contextOf, serve } from './support.ts'

const SECURE = {
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

t.test('a missing header is named, and only it', async (t) => {
  const wanted: Record<string, RegExp> = {
    'content-security-policy': /no Content-Security-Policy/,
    'x-content-type-options': /nosniff/,
    'referrer-policy': /no Referrer-Policy/,
  }
  let sent: Record<string, string> = {}
  const origin = await serve(t, (_request, response) => void response.writeHead(200, sent).end('ok'))
  sent = SECURE
  t.match(await check(headers, contextOf(origin)), [{ state: 'pass' }, { state: 'pass' }, { state: 'pass' }])
  for (const [name, evidence] of Object.entries(wanted)) {
    sent = Object.fromEntries(Object.entries({ 'x-frame-options': 'DENY', ...SECURE }).filter(([key]) => key !== name))
    t.match(
      await check(headers, contextOf(origin)),
      [{ state: 'fail', evidence }, { state: 'fail' }, { state: 'pass' }],
      name,
    )
  }
  sent = { ...SECURE, 'content-security-policy': "default-src 'self'" }
  t.match((await check(headers, contextOf(origin)))[0], { state: 'fail', evidence: /framed/ })
  sent = { ...SECURE, 'content-security-policy': "script-src 'self' 'unsafe-inline'; frame-ancestors 'none'" }
  t.match((await check(headers, contextOf(origin)))[0], { state: 'fail', evidence: /unsafe scripts/ })
})

t.test('an origin that is reflected fails', async (t) => {
  const origin = await serve(
    t,
    ({ headers: { origin: asked } }, response) =>
      void response.writeHead(204, { ...SECURE, ...(asked ? { 'access-control-allow-origin': asked } : {}) }).end(),
  )
  t.match((await check(headers, contextOf(origin)))[2], { state: 'fail', tag: 'real', evidence: /it may/ })
})

t.test('a failing analysis fails with its reason, and what depends on it was not run', async (t) => {
  const analyzer = scriptedAnalyzer(() => {
    throw new Error('a fault of the analyzer')
  })
  const service = await startService({}, { analyzer })
  t.teardown(() => service.close())
  const results = await check(analysis, contextOf(service.url))
  t.match(results[0], { state: 'fail', evidence: /status 500/ })
  t.strictSame(
    results.slice(1).map(({ state }) => state),
    ['not run', 'not run', 'not run'],
  )

  analyzer.answer = () => resultOf([])
  service.store.get = () => Promise.reject(new Error('the disk is gone'))
  t.match(await check(analysis, contextOf(service.url)), [
    { state: 'pass', evidence: /no defect/ },
    { state: 'pass' },
    { state: 'fail', evidence: /status 500/ },
    { state: 'pass', evidence: /void/ },
  ])
})

t.test('with a key that is needed and not given, the photo is not run; a key that is not taken fails', async (t) => {
  const apiKey = 'canary-key-of-the-checklist'
  const service = await startService({ API_KEY: apiKey })
  t.teardown(() => service.close())
  t.match((await check(analysis, contextOf(service.url)))[0], { state: 'not run', evidence: /CHECKLIST_API_KEY/ })
  const states = async (key: string | null) =>
    (await check(access, contextOf(service.url, { key }))).map(({ state }) => state)
  t.strictSame(await states(null), ['pass', 'not run', 'pass', 'pass'])
  t.strictSame(await states(apiKey), ['pass', 'pass', 'pass', 'pass'])
  t.strictSame(await states('another-key-than-the-right-one'), ['pass', 'fail', 'pass', 'pass'])
})

t.test('an API that lets everybody in fails', async (t) => {
  const origin = await serve(t, (_request, response) => void response.writeHead(200).end('{}'))
  const results = await check(access, contextOf(origin, { api: origin, key: 'k' }))
  t.match(
    results.map(({ state }) => state),
    ['not run', 'pass', 'fail', 'fail'],
    'open on this machine is development',
  )
})

t.test('no 429, a limit of another height, a 429 too early or without Retry-After fail', async (t) => {
  let count = 0
  let limit = { most: 60, refuseFrom: 61, retryAfter: true, policy: true }
  const origin = await serve(t, (_request, response) => {
    count++
    const remaining = Math.max(0, limit.most - count)
    const refused = count >= limit.refuseFrom
    response.writeHead(refused ? 429 : 200, {
      ...(limit.policy
        ? { 'ratelimit-policy': `"default";q=${limit.most};w=60`, ratelimit: `"default";r=${remaining};t=1` }
        : {}),
      ...(refused && limit.retryAfter ? { 'retry-after': '30' } : {}),
    })
    response.end()
  })
  const run = async (more: Partial<typeof limit>) => {
    count = 0
    limit = { most: 60, refuseFrom: 61, retryAfter: true, policy: true, ...more }
    return (await check(limits, contextOf(origin)))[0]
  }
  t.match(await run({}), { state: 'pass', evidence: /429 on request 61/ })
  t.match(await run({ refuseFrom: 1000 }), { state: 'fail', evidence: /none of 61/ })
  t.match(await run({ refuseFrom: 30 }), { state: 'fail', evidence: /request 30 is a 429 already/ })
  t.match(await run({ retryAfter: false }), { state: 'fail', evidence: /Retry-After is missing/ })
  t.match(await run({ most: 300 }), { state: 'fail', evidence: /is 300, not 60/ })
  t.match(await run({ policy: false }), { state: 'fail', evidence: /no RateLimit-Policy/ })
})

t.test('a page without its script, a service that is not ready and a dead one fail', async (t) => {
  const origin = await serve(t, ({ url }, response) => {
    if (url === '/ready') return void response.writeHead(503).end('{"detail":"Unreachable: database"}')
    response.writeHead(200, { 'content-type': 'text/html' }).end('<script src="/assets/x.js"></script>')
  })
  t.match(await check(page, contextOf(origin)), [
    { state: 'fail', evidence: /x\.js is HTML/ },
    { state: 'fail', evidence: /a missing file is not a 404/ },
  ])
  t.match((await check(health, contextOf(origin)))[1], { state: 'fail', evidence: /503: Unreachable: database/ })
  const dead = await check(health, contextOf('http://127.0.0.1:9'))
  t.ok(
    dead.every(({ state, evidence }) => state === 'fail' && /ECONNREFUSED|bad port/.test(evidence)),
    JSON.stringify(dead),
  )
})

t.test('errors in the log fail, as JSON and as make dev prints them; old ones do not count', async (t) => {
  const folder = testFolder()
  t.teardown(() => folder.remove())
  const file = join(folder.path, 'log')
  const line = (level: number, time: number) => JSON.stringify({ level, time, msg: 'of the test' })
  const run = async (...lines: string[]) => {
    await writeFile(file, lines.join('\n'))
    return (await check(logs, contextOf('http://127.0.0.1', { env: { LOG_FILE: file } })))[0]
  }
  const now = Date.now()
  t.match(await run(line(30, now), line(40, now)), { state: 'pass', evidence: /2 lines/ })
  t.match(await run(line(30, now), line(50, now)), { state: 'fail', evidence: /1 errors/ })
  t.match(await run(line(30, now), line(50, now - 3_600_000)), { state: 'pass', evidence: /1 lines/ })
  t.match(await run('[12:00:01] INFO: x', '\u001b[32m[12:00:01] \u001b[31mERROR\u001b[39m: x'), { state: 'fail' })
  t.match(await run(''), { state: 'fail', evidence: /no line/ })
  t.match((await check(logs, contextOf('http://127.0.0.1')))[0], { state: 'not run', evidence: /LOG_FILE/ })
})
