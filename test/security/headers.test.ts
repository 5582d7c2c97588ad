import t from 'tap'
import { startService } from '../support/service.ts'

const service = await startService({ RATE_LIMIT_PER_IP: '1000' })
t.teardown(() => service.close())

t.test('API answers are not cached', async (t) => {
  const cached = async (path: string, init?: RequestInit) =>
    (await fetch(`${service.url}${path}`, init)).headers.get('cache-control')
  for (const path of ['stats', 'analyses', 'analyses.csv', 'there-is-nothing-here'])
    t.equal(await cached(`/api/v1/${path}`), 'no-store')
  const session = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"Mei"}' }
  t.equal(await cached('/api/v1/session', session), 'no-store', 'a token least of all')
})

t.test('the documentation may run its one inline script and no other', async (t) => {
  const response = await fetch(`${service.url}/docs/`)
  t.match(response.headers.get('content-security-policy'), /script-src 'self' 'sha256-[\w+/]{43}='; /)
})
