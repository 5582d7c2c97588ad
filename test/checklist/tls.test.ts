import { readFileSync } from 'node:fs'
import { createServer, type ServerOptions } from 'node:https'
import { setDefaultCACertificates } from 'node:tls'
import t from 'tap'
import { headers } from '../../ops/checklist/headers.ts'
import { tls } from '../../ops/checklist/tls.ts'
import { makeCertificates } from '../support/certificates.ts'
import { testFolder } from '../support/service.ts'
import { check, contextOf, listening } from './support.ts'

const folder = testFolder()
t.teardown(() => folder.remove())
const { key, cert, expired } = makeCertificates(folder.path)

async function secure(
  t: Pick<typeof import('tap').t, 'teardown'>,
  options: ServerOptions = {},
  certificate = cert,
): Promise<string> {
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(certificate), ...options },
    (_request, response) => {
      response.writeHead(200, { 'strict-transport-security': 'max-age=86400' }).end('ok')
    },
  )
  return (await listening(t, server)).replace('http://127.0.0.1', 'https://localhost')
}

t.test('a server as it should be passes; an authority that nobody knows does not', async (t) => {
  const context = contextOf(await secure(t, { minVersion: 'TLSv1.2' }))
  t.match((await check(tls, context))[0], { state: 'fail', evidence: /SELF_SIGNED|self.signed/i })
  setDefaultCACertificates([cert, expired].map((file) => readFileSync(file, 'utf8')))
  t.match(await check(tls, context), [
    { state: 'pass', tag: 'real', evidence: /localhost.* \(\d\d days\)/ },
    { state: 'pass', evidence: /TLSv1\.2 \S+, TLSv1\.3 \S+/ },
    { state: 'pass', evidence: /refused/ },
    { state: 'not run', evidence: /port/ },
  ])
  t.match((await check(headers, context))[0], { state: 'fail', evidence: /Strict-Transport-Security is 86400 s/ })
})

t.test('an expired certificate, and one of another name, fail', async (t) => {
  t.match((await check(tls, contextOf(await secure(t, {}, expired))))[0], {
    state: 'fail',
    evidence: /CERT_HAS_EXPIRED/,
  })
  const other = (await secure(t)).replace('localhost', '127.0.0.1')
  t.match((await check(tls, contextOf(other)))[0], { state: 'fail', evidence: /ALTNAME|does not match/i })
})

t.test('a server that speaks TLS 1.0 fails, and so does one without 1.3', async (t) => {
  const old = await secure(t, { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' })
  t.match((await check(tls, contextOf(old)))[2], { state: 'fail', evidence: /TLSv1 is accepted/ })
  const without = await secure(t, { maxVersion: 'TLSv1.2' })
  t.match((await check(tls, contextOf(without)))[1], { state: 'fail', evidence: /TLSv1\.3 is refused/ })
})

t.test('a server that cannot be reached refuses nothing: that fails', async (t) => {
  t.ok((await check(tls, contextOf('https://127.0.0.1:9'))).slice(0, 3).every(({ state }) => state === 'fail'))
})

t.test('plain http is right on this machine only', async (t) => {
  t.ok((await check(tls, contextOf('http://127.0.0.1:1'))).every(({ state }) => state === 'not run'))
  t.ok((await check(tls, contextOf('http://foreign.example'))).every(({ state }) => state === 'fail'))
})
