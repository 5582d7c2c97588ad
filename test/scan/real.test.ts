import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { auditPackages } from '../../scripts/scan/packages.ts'
import { scanService } from '../../scripts/scan/scan-service.ts'
import { startService, testFolder } from '../support/service.ts'

const silent = () => undefined

const open = await startService({ RATE_LIMIT_PER_IP: '1000' })
t.teardown(() => open.close())
const apiKey = 'canary-key-of-the-scan'
const closed = await startService({ RATE_LIMIT_PER_IP: '10', API_KEY: apiKey })
t.teardown(() => closed.close())

t.test('our service has no finding but the public description of its API, open and with a key', async (t) => {
  for (const [service, key] of [
    [open, null],
    [closed, apiKey],
  ] as const) {
    const { findings, notRun, requests } = await scanService(service.url, key, silent)
    t.strictSame(
      findings.map(({ severity, name }) => [severity, name]),
      [['info', 'The description of the API is public']],
    )
    t.equal(notRun.at(-1), 'TLS: the address is plain http')
    t.ok(requests > 40)
    t.notMatch(service.logs.join(''), /"level":(5|6)0/, 'and no probe is an error of the server')
  }
})

t.test('a scan whose key is missing, or that is limited, says what it did not see', async (t) => {
  const { notRun } = await scanService(closed.url, null, silent)
  t.match(notRun, [/CHECKLIST_API_KEY/, /answers are a 429/, /TLS/])
})

t.test('answers of the API are for no cache, the pictures and the page aside', async (t) => {
  const cached = async (path: string, init?: RequestInit) =>
    (await fetch(`${open.url}${path}`, init)).headers.get('cache-control')
  for (const path of ['stats', 'analyses', 'analyses.csv', 'there-is-nothing-here'])
    t.equal(await cached(`/api/v1/${path}`), 'no-store')
  const session = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"Mei"}' }
  t.equal(await cached('/api/v1/session', session), 'no-store', 'a token least of all')
})

t.test('the documentation may run the one script that stands in it, and no other', async (t) => {
  const response = await fetch(`${open.url}/docs/`)
  t.match(response.headers.get('content-security-policy'), /script-src 'self' 'sha256-[\w+/]{43}='; /)
})

t.test('packages: what the registry says is told by severity; no answer is "not run"', async (t) => {
  const folder = testFolder()
  t.teardown(() => folder.remove())
  /** An npm that says what the test wants. */
  const npm = (said: string, code = 1) => {
    const bin = join(folder.path, `bin-${Math.random()}`)
    mkdirSync(bin)
    writeFileSync(join(bin, 'npm'), `#!/bin/sh\ncat <<'END'\n${said}\nEND\nexit ${code}\n`, { mode: 0o755 })
    return { ...process.env, PATH: `${bin}:${process.env.PATH}` }
  }
  const faults = {
    metadata: {},
    vulnerabilities: { left: { severity: 'critical', range: '<2' }, right: { severity: 'moderate' } },
  }
  t.match(await auditPackages(folder.path, npm(JSON.stringify(faults))), [
    { severity: 'high', evidence: /left <2, critical/ },
    { severity: 'medium' },
  ])
  t.strictSame(await auditPackages(folder.path, npm('{"metadata":{},"vulnerabilities":{}}', 0)), [])
  t.match(await auditPackages(folder.path, npm('{"error":{"code":"ENOAUDIT"}}')), { notRun: /answers no audit/ })
  t.match(await auditPackages(folder.path, npm('<html>')), { notRun: /answers no audit/ })
  t.match(await auditPackages(folder.path, { PATH: folder.path }), { notRun: /npm is not here/ })
})

t.test('as a command: this machine only, unless ALLOW_HOST names the host; exit code by severity', async (t) => {
  const script = resolve(import.meta.dirname, '../../scripts/scan.ts')
  const run = async (env: Record<string, string>, ...args: string[]) => {
    const child = spawn(process.execPath, [script, '--no-packages', ...args], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(child, 'close')
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    const [status] = await ended
    return { status, stdout, stderr }
  }
  const refused: Record<string, string>[] = [
    { URL: 'https://foreign.example' },
    { URL: 'https://foreign.example', ALLOW_HOST: 'example' },
    {},
  ]
  for (const env of refused) {
    const { status, stderr } = await run(env)
    t.equal(status, 2)
    t.match(stderr, /^[^\n]+(ALLOW_HOST=foreign\.example|must be the address)[^\n]*\n$/)
  }
  t.equal((await run({ URL: 'http://127.0.0.1:9' })).status, 2, 'nothing answers')
  t.equal((await run({ URL: 'http://127.0.0.1:9' }, '--fail-on=worst')).status, 2)
  const folder = testFolder()
  t.teardown(() => folder.remove())
  const file = join(folder.path, 'report.json')
  const { status, stdout } = await run({ URL: open.url }, '--json', file)
  t.equal(status, 0, stdout)
  t.match(stdout, /0 high, 0 medium, 0 low, 1 info/)
  t.match(JSON.parse(readFileSync(file, 'utf8')), { findings: [{ severity: 'info' }] })
  t.equal((await run({ URL: open.url }, '--fail-on=info')).status, 1)
})
