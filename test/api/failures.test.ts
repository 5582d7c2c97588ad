import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { AnalyzerError, type AnalyzerFailure } from '../../api/domain/analyzer-error.ts'
import { analyses } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { resultOf, scriptedAnalyzer } from '../support/analyzers.ts'
import { startService } from '../support/service.ts'

const analyzer = scriptedAnalyzer()
const service = await startService({}, { analyzer })
t.teardown(() => service.close())
const url = `${service.url}/api/v1/analyze`
const imagesInStore = async () => (await Array.fromAsync(service.store.list())).length

const statuses: [AnalyzerFailure, number][] = [
  ['timeout', 504],
  ['overloaded', 503],
  ['rate_limited', 503],
  ['unavailable', 502],
  ['unauthorized', 502],
  ['refused', 502],
  ['content_filtered', 502],
  ['truncated', 502],
  ['malformed', 502],
]
for (const [failure, status] of statuses) {
  t.test(`a model that fails with ${failure} is a ${status} and stores nothing`, async (t) => {
    analyzer.answer = () => {
      throw new AnalyzerError(failure, `The model said: ${failure}`, { retryAfterSeconds: 7 })
    }
    const response = await fetch(url, { method: 'POST', body: photoForm(await photo()) })
    t.equal(response.status, status)
    t.match(await response.json(), { success: false, type: new RegExp(failure.replaceAll('_', '-')) })
    t.equal(response.headers.get('retry-after'), '7')
    t.equal((await service.database.db.select().from(analyses)).length, 0)
    t.equal(await imagesInStore(), 0)
  })
}

t.test('a fault of ours is a bare 500 with the reason in the log only', async (t) => {
  analyzer.answer = () => {
    throw new Error('secret detail')
  }
  const response = await fetch(url, { method: 'POST', body: photoForm(await photo()) })
  t.equal(response.status, 500)
  const text = await response.text()
  t.notMatch(text, /secret detail/)
  const id = response.headers.get('x-request-id') ?? 'none'
  t.ok(service.logs.some((line) => line.includes('secret detail') && line.includes(id)))
})

t.test('a client that goes away ends the analysis', async (t) => {
  let ended: (reason: unknown) => void = () => undefined
  const aborted = new Promise((resolve) => {
    ended = resolve
  })
  analyzer.answer = async ({ signal }) => {
    await sleep(20_000, undefined, { signal }).catch(() => undefined)
    ended(signal.aborted)
    throw new AnalyzerError('aborted', 'gone')
  }
  const controller = new AbortController()
  const call = fetch(url, { method: 'POST', body: photoForm(await photo()), signal: controller.signal })
  await sleep(300)
  controller.abort()
  await t.rejects(call)
  t.equal(await aborted, true)
})

t.test('a database fault leaves neither row nor picture, and the next photo is stored', async (t) => {
  analyzer.answer = () => resultOf()
  await service.database.pool.query('alter table analyses rename to analyses_away')
  const failed = await fetch(url, { method: 'POST', body: photoForm(await photo()) })
  t.equal(failed.status, 500)
  await service.database.pool.query('alter table analyses_away rename to analyses')
  const good = await fetch(url, { method: 'POST', body: photoForm(await photo()) })
  t.equal(good.status, 200)
  t.equal(await imagesInStore(), 1, 'the failed lookup came before the picture was stored')
})

t.test('idle database connections that the server ends do not end the process', async (t) => {
  await service.database.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name = 'wiko-defect-analyzer'",
  )
  await sleep(200)
  t.equal((await fetch(`${service.url}/ready`)).status, 200)
})
