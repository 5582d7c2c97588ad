import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import { setDefaultCACertificates } from 'node:tls'
import t from 'tap'
import { RULES, scanService } from '../../scripts/scan/scan-service.ts'
import { listening } from '../checklist/support.ts'
import { makeCertificates } from '../support/certificates.ts'
import { testFolder } from '../support/service.ts'

const folder = testFolder()
t.teardown(() => folder.remove())
const { key, cert } = makeCertificates(folder.path)
setDefaultCACertificates([readFileSync(cert, 'utf8')])

const PAGE = `<!doctype html><title>Bad</title>
  <script src="/assets/app.js"></script><script src="https://elsewhere.example/x.js"></script>
  <img src="http://localhost/plain.png"><!-- see 10.1.2.3 -->`
const STACK =
  'Error: no such column\n    at query (/srv/app/src/database.ts:12:7)\n    at next (node_modules/express/lib/router.js:3:1)'

/** Does everything wrong that a rule knows. */
const bad: RequestListener = (request, response) => {
  const { method, url = '', headers } = request
  const html = (text: string, more = {}) =>
    void response.writeHead(200, { 'content-type': 'text/html', ...more }).end(text)
  response.setHeader('server', 'nginx/1.2.3')
  response.setHeader('x-powered-by', 'PHP/5.1')
  response.setHeader('set-cookie', ['session=1; Path=/'])
  request.resume()
  if (method === 'TRACE') return void response.writeHead(200).end(`TRACE / HTTP/1.1\r\nx-scan: ${headers['x-scan']}`)
  if (method === 'OPTIONS') return void response.writeHead(204, { 'access-control-allow-origin': '*' }).end()
  if (headers.origin) return void response.writeHead(200, { 'access-control-allow-origin': headers.origin }).end('{}')
  if (url.includes('foreign.example'))
    return void response.writeHead(302, { location: 'https://foreign.example/' }).end()
  if (url === '/') return html(PAGE)
  if (url === '/history') return html(PAGE, { 'content-security-policy': "script-src 'self' 'unsafe-inline'" })
  if (url.endsWith('.map')) return void response.writeHead(200).end('{"version":3,"mappings":"AAAA"}')
  if (url === '/assets/') return html('<title>Index of /assets</title>')
  if (url === '/.env') return void response.writeHead(200, { 'content-type': 'text/plain' }).end('SECRET=1')
  if (url === '/openapi.json') return void response.writeHead(200).end('{"openapi":"3.1.0"}')
  if (url.startsWith('/api/v1/stats') || url.startsWith('/health')) return void response.writeHead(200).end('{}')
  response.writeHead(500, { 'content-type': 'text/html' })
  response.end(`${decodeURIComponent(url.replaceAll('%ff', ''))} express/4.17.1 ${STACK}`)
}

t.test('each rule fires on a server that does everything wrong', async (t) => {
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(cert), minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' },
    bad,
  )
  const origin = (await listening(t, server)).replace('http://127.0.0.1', 'https://localhost')
  const { findings } = await scanService(origin, null, () => undefined)
  for (const { name, severity } of RULES)
    t.match(
      findings.find((finding) => finding.name === name),
      { severity, evidence: /^[A-Z]+ \/.* \d{3}: / },
      name,
    )
  t.match(
    findings.find(({ name }) => name.startsWith('TLS')),
    { severity: 'high', evidence: /TLSv1 is accepted/ },
  )
})

t.test('a server that answers plain 404s has no finding of medium or higher', async (t) => {
  const origin = await listening(
    t,
    (await import('node:http')).createServer((request, response) => {
      request.resume()
      response.writeHead(404, { 'content-type': 'application/problem+json' }).end('{"title":"Not Found"}')
    }),
  )
  const { findings } = await scanService(origin, null, () => undefined)
  t.strictSame(findings, [])
})
