/** Administrators read the audit log, page by page, by filters, and as CSV. */
import t from 'tap'
import { eventually } from '../../fixtures/load.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

const ADMIN = 'admin-key-for-the-tests-0123456789'
interface Entry {
  id: string
  timestamp: string
  actor: string
  key: string | null
  person: string | null
  method: string | null
  endpoint: string | null
  status: number
  calls: number
  ip_address: string | null
  request_id: string | null
}
interface Page {
  entries: Entry[]
  next_cursor: string | null
}

const env = { API_KEY: ADMIN, RATE_LIMIT_PER_IP: '1000', RATE_LIMIT_PER_KEY: '10000' }
const service = await startService(env, { analyzer: scriptedAnalyzer() })
t.teardown(() => service.close())
const api = `${service.url}/api/v1`
const call = (path: string, key = ADMIN, init: RequestInit = {}) =>
  fetch(api + path, { ...init, headers: { 'x-api-key': key, 'content-type': 'application/json' } })
const list = async (query: Record<string, string> = {}): Promise<Page> =>
  bodyOf<Page>(await call(`/audit-log?${new URLSearchParams(query)}`))

const made = await bodyOf<{ key: string; id: string }>(
  await call('/keys', ADMIN, {
    method: 'POST',
    body: JSON.stringify({ description: '=cmd|line 3', scopes: ['read'] }),
  }),
)
const { pool } = service.database
await pool.query(
  `insert into audit_log (timestamp, caller, api_key_id, person, endpoint, method, response_code, ip_address, request_id)
   select timestamptz '2026-01-02 00:00Z' - (n / 3) * interval '1 second', 'key:' || $1, $1::uuid,
     case when n % 2 = 0 then '=HYPERLINK("http://x")' end, case when n % 3 = 0 then '/api/v1/reviews' else '/api/v1/analyses' end,
     case when n % 3 = 0 then 'POST' else 'GET' end, (array[200, 404, 503])[n % 3 + 1], '10.0.0.7', 'request-' || n
   from generate_series(1, 120) n`,
  [made.id],
)
const before = { to: '2026-01-03T00:00:00Z' }

t.test('requires an administrator', async (t) => {
  for (const path of ['/audit-log', '/audit-log.csv']) {
    t.equal((await fetch(api + path)).status, 401, path)
    t.equal((await call(path, made.key)).status, 403, path)
    t.equal((await call(path)).headers.get('cache-control'), 'no-store', path)
  }
})

t.test('returns pages, newest first, with each entry once', async (t) => {
  const seen: Entry[] = []
  let cursor: string | null = null
  do {
    const page: Page = await list({ ...before, limit: '50', ...(cursor && { cursor }) })
    seen.push(...page.entries)
    cursor = page.next_cursor
  } while (cursor)
  t.equal(seen.length, 120)
  t.equal(new Set(seen.map(({ id }) => id)).size, 120)
  const times = seen.map(({ timestamp }) => timestamp)
  t.same(times, times.toSorted().toReversed())
  t.match(seen[0], { actor: `key:${made.id}`, key: '=cmd|line 3', ip_address: '10.0.0.7', calls: 1 })
  t.match(await bodyOf(await call('/audit-log?cursor=bm90aGluZw')), { status: 400, detail: /cursor/ })
})

t.test('filters by actor, person, action, address, outcome and time', async (t) => {
  const count = async (query: Record<string, string>) =>
    (await list({ ...before, limit: '200', ...query })).entries.length
  t.equal(await count({ actor: `key:${made.id}` }), 120)
  t.equal(await count({ actor: 'admin' }), 0)
  t.equal(await count({ person: 'hyperlink' }), 60)
  t.equal(await count({ action: 'change' }), 40)
  t.equal(await count({ action: 'read' }), 80)
  t.equal(await count({ endpoint: 'REVIEWS' }), 40)
  t.equal(await count({ endpoint: '%' }), 0, 'no wildcard')
  t.equal(await count({ outcome: 'success' }), 40)
  t.equal(await count({ outcome: 'refused' }), 40)
  t.equal(await count({ outcome: 'failed', action: 'change' }), 0)
  t.equal(await count({ from: '2026-01-02T00:00:00Z' }), 2)
  t.match(await bodyOf(await call('/audit-log?outcome=perhaps')), { status: 400, detail: /outcome/ })
  t.match(await bodyOf(await call('/audit-log?from=yesterday')), { status: 400, detail: /from/ })
})

t.test('contains recent calls, and no key', async (t) => {
  await eventually(async () => (await list({ actor: 'admin', endpoint: '/keys' })).entries.length > 0, 20)
  const [entry] = (await list({ actor: 'admin', endpoint: '/keys' })).entries
  t.match(entry, { method: 'POST', endpoint: '/api/v1/keys', status: 201, key: null })
  const all = await (await call('/audit-log.csv')).text()
  for (const secret of [ADMIN, made.key]) t.notOk(all.includes(secret))
})

t.test('exports CSV with the same filters, safe against formula injection', async (t) => {
  const answer = await call(`/audit-log.csv?${new URLSearchParams({ ...before, endpoint: 'reviews' })}`)
  t.match(answer.headers.get('content-disposition'), /filename="audit-log-\d{4}-\d\d-\d\d\.csv"/)
  const lines = (await answer.text()).trim().split('\r\n')
  t.equal(lines.length, 41)
  t.equal(lines[0], '\ufefftimestamp,actor,key,person,method,endpoint,status,calls,ip_address,request_id'.slice(1))
  t.ok(lines.some((line) => line.includes(`"'=HYPERLINK(""http://x"")"`)))
  t.notOk(lines.some((line) => /,"?=/.test(line)))
})
