import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import Fastify from 'fastify'
import t from 'tap'
import { registerAuthentication } from '../../api/auth/authentication.ts'
import { loadConfig } from '../../api/config/config.ts'
import { declareSite, requireAccessPolicies } from '../../api/platform/http/access.ts'
import { toProblem } from '../../api/platform/http/problem.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf, bodyOf } from '../support/http.ts'
import { startService, type TestService } from '../support/service.ts'

const ADMIN = 'admin-key-for-the-tests-0123456789'

/** Sends bytes as they stand and returns the whole answer. */
function exchange({ url }: TestService, head: string, body: Buffer | string = ''): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(`${head.trim().replaceAll('\n', '\r\n')}\r\n\r\n`)
  socket.write(body)
  return text(socket)
}

/** Status and problem document of an answer. */
function problemOf(answer: string): { status: number; problem: Record<string, unknown> } {
  const [head = '', body = ''] = answer.split('\r\n\r\n', 2)
  const isProblem = /content-type: application\/problem\+json/i.test(head)
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
    problem: isProblem ? JSON.parse(/\{.*\}/s.exec(body)?.[0] ?? '{}') : { head },
  }
}

t.test('a route that does not say who may call it stops the start', async (t) => {
  const app = Fastify()
  requireAccessPolicies(app)
  app.get('/declared', { config: { access: 'read' } }, async () => '')
  app.get('/undeclared', async () => '')
  await t.rejects(async () => await app.ready(), { message: /config\.access on these routes.*GET,?\w* \/undeclared/ })
  await app.close()
})

t.test('routes of a plugin that are declared as part of the site start', async (t) => {
  const app = Fastify()
  requireAccessPolicies(app)
  await app.register(async (site) => {
    declareSite(site)
    site.get('/file', async () => '')
  })
  await app.ready()
  await app.close()
  t.pass('it is ready')
})

t.test('refuses a request whose caller nobody identified', async (t) => {
  const app = Fastify()
  app.setErrorHandler((error, _, reply) => reply.code(toProblem(error).status).send(toProblem(error).message))
  const none = {} as never
  const config = loadConfig({ ENVIRONMENT: 'test' })
  await registerAuthentication(app, { config, keys: none, tokens: none, signedUrls: none, apiKey: null })
  app.get('/things', { config: { access: 'read' } }, async () => 'secret')
  t.equal((await app.inject('/things')).body, 'secret', 'open, as no key is configured')
  app.close()

  const broken = Fastify()
  broken.setErrorHandler((error, _, reply) => reply.code(toProblem(error).status).send(toProblem(error).message))
  await registerAuthentication(broken, { config, keys: none, tokens: none, signedUrls: none, apiKey: null })
  broken.addHook('onRequest', async (request) => {
    request.caller = undefined as never
  })
  broken.get('/things', { config: { access: 'read' } }, async () => 'secret')
  broken.get('/public', { config: { access: 'public' } }, async () => 'fact')
  t.equal((await broken.inject('/things')).statusCode, 401)
  t.equal((await broken.inject('/public')).statusCode, 401)
  t.equal((await broken.inject('/nowhere')).statusCode, 401)
  await broken.close()
})

t.test('over a socket', async (t) => {
  const service = await startService(
    { API_KEY: ADMIN, HOST: '127.0.0.1', TRUSTED_PROXY_HOPS: '1' },
    { analyzer: scriptedAnalyzer() },
  )
  t.teardown(() => service.close())
  const key = `X-API-Key: ${ADMIN}`
  const refused = async (head: string, status: number, kind: string, body?: Buffer | string) => {
    const answer = problemOf(await exchange(service, head, body))
    t.equal(answer.status, status, head)
    t.match(answer.problem, { type: `urn:wiko:problem:${kind}`, status, success: false, detail: /.{20}/ }, head)
  }

  t.test('one spelling of a path is taken, with the right key too', async (t) => {
    const last = `HTTP/1.1\nHost: a\nConnection: close\n${key}`
    for (const path of ['/%61pi/v1/stats', '/api/v1/st%61ts', 'http://a/api/v1/stats', 'https://b/api/v1/stats']) {
      await refused(`GET ${path} ${last}`, 400, 'bad-url')
    }
    for (const path of ['//api/v1/stats', '/API/v1/stats', '/api/V1/stats', '/%2561pi/v1/stats', '/api%2fv1/stats']) {
      await refused(`GET ${path} ${last}`, 404, 'not-found')
    }
    await refused(`GET //x/api/v1/stats ${last}`, 404, 'not-found')
    t.match(await exchange(service, `GET /api/v1/stats/ ${last}`), /^HTTP\/1\.1 200 /, 'a trailing slash means nothing')
  })

  t.test('a path that cannot be decoded is a bad URL, counted as any call', async (t) => {
    const last = `HTTP/1.1\nHost: a\nConnection: close`
    for (const path of ['/api/v1/analyses/%zz', '/api/v1/%', '/%E0%A4%A', '/api/v1/analyses/%FF']) {
      await refused(`GET ${path} ${last}\n${key}`, 400, 'bad-url')
      t.match(await exchange(service, `GET ${path} ${last}`), /\r\nratelimit: /i)
    }
  })

  t.test('answers what Node would refuse without a document', async () => {
    await refused('GET /health HTTP/1.1\nConnection: close', 400, 'no-host')
    await refused('CONNECT example.com:443 HTTP/1.1\nHost: example.com:443', 405, 'method-not-allowed')
    await refused(
      'POST /api/v1/session HTTP/1.1\nHost: a\nExpect: a-miracle\nContent-Length: 2',
      417,
      'expectation-failed',
    )
    await refused('GET /health HTTP/1.1\nHost: a\nNot a header', 400, 'bad-request')
  })

  t.test('a compressed body is not a supported media type', async (t) => {
    const body = gzipSync('{"name":"Mei"}')
    const head = (coding: string, length: number) =>
      `POST /api/v1/session HTTP/1.1\nHost: a\nConnection: close\nContent-Type: application/json\nContent-Encoding: ${coding}\nContent-Length: ${length}`
    for (const coding of ['gzip', 'br', 'GZIP', 'identity, gzip']) {
      await refused(head(coding, body.length), 415, 'unsupported-encoding', body)
    }
    const plain = `{"name":"Mei","api_key":"${ADMIN}"}`
    t.match(await exchange(service, head('identity', plain.length), plain), /^HTTP\/1\.1 200 /)
  })

  t.test('HTTP/1.0 without Host gets picture addresses relative to the one that it called', async (t) => {
    const analysis = await analysisOf(
      await fetch(`${service.url}/api/v1/analyze`, {
        method: 'POST',
        body: photoForm(await photo()),
        headers: { 'x-api-key': ADMIN },
      }),
    )
    const answer = await exchange(service, `GET /api/v1/analyses/${analysis.defect_id} HTTP/1.0\n${key}`)
    const { image_url } = JSON.parse(answer.split('\r\n\r\n')[1] ?? '') as { image_url: string }
    t.match(image_url, /^\/api\/v1\/analyses\/DEF-/)
    t.equal((await fetch(service.url + image_url)).status, 200)
  })
})

t.test('an address counts without the port that a proxy writes beside it', async (t) => {
  const service = await startService(
    { TRUSTED_PROXY_HOPS: '1', RATE_LIMIT_PER_IP: '3' },
    { analyzer: scriptedAnalyzer() },
  )
  t.teardown(() => service.close())
  const ask = async (forwarded: string) =>
    (await fetch(`${service.url}/api/v1/facilities`, { headers: { 'x-forwarded-for': forwarded } })).status
  for (const spellings of [
    ['203.0.113.7', '203.0.113.7:1024', ' 203.0.113.7:65535 ', '8.8.8.8:53, 203.0.113.7:4'],
    ['2001:db8:7::1', '[2001:db8:7::1]', '[2001:db8:7::1]:1024', '[2001:db8:7::2]:4'],
  ]) {
    const statuses: number[] = []
    for (const spelling of spellings) statuses.push(await ask(spelling))
    t.same(statuses, [200, 200, 200, 429], spellings.join(' '))
  }
  await service.close()
})

t.test('every route with a body documents that it may be too large, too slow or of the wrong type', async (t) => {
  const service = await startService({}, { analyzer: scriptedAnalyzer() })
  t.teardown(() => service.close())
  type Operation = { requestBody?: object; responses: Record<string, object> }
  const { paths } = await bodyOf<{ paths: Record<string, Record<string, Operation>> }>(
    await fetch(`${service.url}/openapi.json`),
  )
  const bodies = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { requestBody, responses }]) =>
      requestBody || ['post', 'put', 'patch'].includes(method) ? [{ name: `${method} ${path}`, responses }] : [],
    ),
  )
  t.ok(bodies.length > 8)
  for (const { name, responses } of bodies) t.hasProps(responses, ['408', '413', '415'], name)
})
