import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import PQueue from 'p-queue'
import t from 'tap'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { createPostgres } from '../../fixtures/postgres.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf, bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

const ADMIN = 'admin-key-for-the-tests-0123456789'
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
const CREDENTIALS = { 'without a key': {}, 'with a wrong key': { 'x-api-key': 'guess-guess-guess-guess' } }

const encoded = (letter = ''): string => `%${letter.charCodeAt(0).toString(16)}`
/** The path with the first letter of its part number `index` replaced. */
const changed = (path: string, index: number, by: (letter: string) => string): string =>
  path
    .split('/')
    .map((part, at) => (at === index && part ? by(part[0] ?? '') + part.slice(1) : part))
    .join('/')

/** The same path as the router, a proxy or a careless client might also write it. */
function spellingsOf(path: string): Record<string, string> {
  const parts = path.split('/').length
  return {
    'encoded first letter': changed(path, 1, encoded),
    'encoded letter inside': path.replace(/i/, '%69'),
    'encoded letter of the last part': changed(path, parts - 1, encoded),
    'encoded twice': changed(path, 1, (letter) => encoded(letter).replace('%', '%25')),
    'absolute form': `http://wiko.example${path}`,
    'doubled slash': `/${path}`,
    'doubled slash inside': path.replace('/v1/', '/v1//'),
    'upper case': path.toUpperCase(),
    'trailing slash': `${path}/`,
  }
}

interface Operation {
  security?: object[]
}
type Document = { paths: Record<string, Record<string, Operation>> }

const postgres = await createPostgres()
await postgres.start()
t.teardown(() => postgres.remove())

t.test('A15 no spelling of any route gets past the guards', async (t) => {
  const env = { API_KEY: ADMIN, HOST: '127.0.0.1', DATABASE_URL: postgres.url, RATE_LIMIT_PER_IP: '1000000' }
  const service = await startService(env, { analyzer: scriptedAnalyzer() })
  const { hostname, port } = new URL(service.url)
  const admin = { 'x-api-key': ADMIN }
  const document = await bodyOf<Document>(await fetch(`${service.url}/openapi.json`, { headers: admin }))
  // Things that are there, so that a call that gets through finds them.
  const analysis = await analysisOf(
    await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body: photoForm(await photo()), headers: admin }),
  )
  const key = await bodyOf<{ id: string }>(
    await fetch(`${service.url}/api/v1/keys`, {
      method: 'POST',
      headers: { ...admin, 'content-type': 'application/json' },
      body: '{"description":"target"}',
    }),
  )
  const values: Record<string, string> = { defect_id: analysis.defect_id, id: key.id }
  const pathOf = (template: string) => template.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? key.id)

  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  t.teardown(() => agent.destroy())
  async function ask(method: string, path: string, headers: Record<string, string>) {
    const asked = request({ hostname, port, path, method, headers, agent })
    asked.end()
    const [response] = await once(asked, 'response')
    const { ratelimit, 'content-type': type } = response.headers
    const body = /^application\/problem\+json/.test(type) ? await text(response) : `${type} ${await text(response)}`
    return { status: Number(response.statusCode), limited: ratelimit !== undefined, body }
  }

  let calls = 0
  const wrong: string[] = []
  const queue = new PQueue({ concurrency: 8 })
  for (const [template, operations] of Object.entries(document.paths)) {
    const isOpen = Object.values(operations).every(({ security }) => security?.length === 0)
    const isProbe = !template.startsWith('/api/')
    for (const [spelling, path] of Object.entries(spellingsOf(pathOf(template)))) {
      // Trailing slashes mean nothing, so what is open stays open.
      if (path === pathOf(template) || (spelling === 'trailing slash' && isOpen)) continue
      for (const method of METHODS) {
        for (const [credentials, headers] of Object.entries(CREDENTIALS)) {
          void queue.add(async () => {
            const { status, limited, body } = await ask(method, path, headers)
            const refused =
              [400, 401, 404, 405].includes(status) &&
              (method === 'HEAD' ||
                /:(unauthorized|method-not-allowed|bad-url)"|:not-found".*No route matches/.test(body))
            if (!refused) wrong.push(`${method} ${path} ${credentials} (${spelling}): ${status} ${body.slice(0, 100)}`)
            // The probes have no limit, nor has a spelling that the router takes for them.
            if (!limited && !isProbe) wrong.push(`${method} ${path} ${credentials} (${spelling}): not limited`)
            if (limited) calls++
          })
        }
      }
    }
  }
  await queue.onIdle()
  t.same(wrong.slice(0, 20), [], `${wrong.length} of ${calls} calls`)
  t.ok(calls > 2_000, `${calls} calls`)

  const still = await bodyOf<{ keys: { id: string; active: boolean }[] }>(
    await fetch(`${service.url}/api/v1/keys`, { headers: admin }),
  )
  t.match(
    still.keys.find(({ id }) => id === key.id),
    { active: true },
    'nothing was changed',
  )
  await service.close()
  const [audited] = await postgres.query<{ calls: number }>(
    `select sum(calls)::int as calls from audit_log where caller = 'anonymous'`,
  )
  t.equal(audited?.calls, calls, 'every call is in the audit log')
})
