import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { testFolder } from '../support/service.ts'

const script = resolve(import.meta.dirname, '../../scripts/scan.ts')
const folder = testFolder()
t.teardown(() => folder.remove())
const calls = join(folder.path, 'calls')

/** A command that notes how it was called, and ends with the code that its variable names. */
function standIn(name: string, code: string): void {
  const text = `#!/bin/sh\necho "${name} $* key=$ZAP_AUTH_HEADER_VALUE" >>'${calls}'\n[ "$1" = version ] || exit "\${${code}:-0}"\n`
  writeFileSync(join(folder.path, name), text, { mode: 0o755 })
}

function scan(env: Record<string, string>, ...args: string[]) {
  writeFileSync(calls, '')
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], {
    env: { PATH: `${folder.path}:/usr/bin:/bin`, ...env },
    encoding: 'utf8',
  })
  return { status, stderr, calls: readFileSync(calls, 'utf8').trim().split('\n') }
}

t.test('a host other than this machine is refused unless ALLOW_HOST names it; nothing is run', async (t) => {
  for (const env of [
    { URL: 'https://foreign.example' },
    { URL: 'https://foreign.example', ALLOW_HOST: 'example' },
    {},
  ]) {
    const { status, stderr, calls } = scan(env as Record<string, string>)
    t.equal(status, 2)
    t.match(stderr, /^[^\n]+(ALLOW_HOST=foreign\.example|must be the address)[^\n]*\n$/)
    t.strictSame(calls, [''])
  }
})

t.test('without Docker, one line says what is needed', async (t) => {
  const { status, stderr } = scan({ URL: 'http://127.0.0.1:9', PATH: folder.path })
  t.equal(status, 2)
  t.match(stderr, /^make scan needs a running Docker engine[^\n]+\n$/)
})

t.test('runs the ZAP baseline and the audit; findings of either fail, and the key is on no command line', async (t) => {
  standIn('docker', 'ZAP')
  standIn('npm', 'AUDIT')
  const target = { URL: 'http://127.0.0.1:9/path', CHECKLIST_API_KEY: 'canary-key-of-the-scan' }
  const clean = scan(target, '-I')
  t.equal(clean.status, 0, clean.stderr)
  const [, zap = '', audit = ''] = clean.calls
  t.match(
    zap,
    /^docker run .* --env ZAP_AUTH_HEADER_VALUE ghcr\.io\/zaproxy\/zaproxy:\w+ zap-baseline\.py -t http:\/\/127\.0\.0\.1:9 .*-I key=canary-key-of-the-scan$/,
  )
  t.equal(zap.match(/canary/g)?.length, 1, 'the key is in the environment only')
  t.match(audit, /^npm audit --omit=dev /)
  t.equal(scan({ ...target, ZAP: '2' }).status, 1)
  t.equal(scan({ ...target, AUDIT: '1' }).status, 1)
  const broken = scan({ ...target, ZAP: '3' })
  t.match(broken, { status: 2, stderr: 'zap-baseline.py could not scan http://127.0.0.1:9 (exit code 3)\n' })
})
