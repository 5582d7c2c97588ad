import { randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import t from 'tap'
import { registerHousekeeping } from '../../api/features/housekeeping/housekeeping.ts'
import { markRun, overdueJobs } from '../../api/features/housekeeping/runs.ts'
import { HOUSEKEEPING_NAMES, type HousekeepingName } from '../../api/features/housekeeping/schedule.ts'
import { createFolderStore } from '../../api/images/folder-store.ts'
import { emfMetrics } from '../../api/platform/observability/metrics.ts'
import { readEmf } from '../support/emf.ts'
import { startService, testFolder } from '../support/service.ts'

const service = await startService()
t.teardown(() => service.close())
const { db, pool } = service.database
const query = async <T extends object>(text: string, values: unknown[] = []) => (await pool.query<T>(text, values)).rows
const countOf = async (from: string) => (await query<{ n: number }>(`select count(*)::int as n from ${from}`))[0]?.n

type Work = (job: { data: { job: string }; retryCount: number; signal: AbortSignal }) => Promise<void>

/** Housekeeping as in a worker, with jobs delivered by the test instead of pg-boss. */
function housekeeping(settings: Partial<typeof service.config.housekeeping> = {}, store = service.store) {
  const lines: string[] = []
  const logged: Record<string, unknown>[] = []
  const app = Fastify({ logger: { stream: { write: (line: string) => void logged.push(JSON.parse(line)) } } })
  const metrics = emfMetrics('test', (line) => lines.push(line))
  const shutdown = new AbortController()
  let work: Work | undefined
  const queue = {
    work: (_name: string, _concurrency: number, handler: unknown) => {
      work = handler as Work
    },
  }
  const config = { ...service.config.housekeeping, ...settings }
  registerHousekeeping(app, { db, store, config, queue, metrics, shutdownSignal: shutdown.signal })
  return {
    shutdown,
    logged,
    run: (job: string) =>
      (work as Work)({ data: { job }, retryCount: 0, signal: new AbortController().signal }) ?? Promise.reject(),
    values: () => {
      metrics.close()
      return Object.fromEntries(lines.flatMap(readEmf).map(({ name, values }) => [name, values[0]]))
    },
  }
}

/** The value of the metric after one run. */
async function ran(job: HousekeepingName, metric: string, settings = {}) {
  const one = housekeeping(settings)
  await one.run(job)
  t.match(one.logged.at(-1), { job, msg: 'Housekeeping done', level: 30 })
  return one.values()[metric]
}

t.test('removes idempotency keys older than 24 hours in batches, and keeps younger ones', async (t) => {
  await query(`insert into idempotency_keys (id, caller, route, key, fingerprint, created_at)
    select gen_random_uuid(), 'open', 'r', 'old-' || n, 'f', now() - interval '25 hours' from generate_series(1, 2500) n`)
  await query(
    `insert into idempotency_keys (id, caller, route, key, fingerprint) values (gen_random_uuid(), 'open', 'r', 'new', 'f')`,
  )
  t.equal(await ran('idempotency-keys', 'IdempotencyKeysRemoved'), 2500)
  t.strictSame(await query('select key from idempotency_keys'), [{ key: 'new' }])
})

t.test('removes ingest jobs that ended long ago, and keeps waiting ones of any age', async (t) => {
  const add = (status: string, days: number, ended: boolean) =>
    query(
      `insert into ingest_jobs (image_id, caller, parameters, image_key, image_sha256, image_width, image_height, status, enqueued_at, finished_at)
       values ($1, 'open', '{}', 'k', 's', 1, 1, $2, now() - make_interval(days => $3), case when $4 then now() - make_interval(days => $3) end)`,
      [randomUUID(), status, days, ended],
    )
  for (const status of ['done', 'failed']) for (const days of [5, 20]) await add(status, days, true)
  for (const status of ['queued', 'processing']) await add(status, 200, false)
  t.equal(await ran('ingest-jobs', 'IngestJobsRemoved', { ingestRetentionDays: 10 }), 2)
  t.equal(
    await countOf("ingest_jobs where status in ('done', 'failed') and finished_at > now() - interval '6 days'"),
    2,
  )
  t.equal(await countOf("ingest_jobs where status in ('queued', 'processing')"), 2)
})

t.test('removes events and usage by their own retention', async (t) => {
  await query(`insert into events (id, type, subject, defect_id, created_at)
    select gen_random_uuid(), 'analysis.critical', 'part-' || d, 'DEF', now() - make_interval(days => d) from unnest(array[1, 29, 31, 300]) d`)
  t.equal(await ran('events', 'EventsRemoved'), 2)
  t.equal(await countOf('events'), 2)
  await query(`insert into daily_usage (day, caller, analyses)
    select (now() at time zone 'UTC')::date - d, c, 7 from unnest(array[0, 399, 400, 401, 900]) d, unnest(array['*', 'open']) c`)
  t.equal(await ran('daily-usage', 'UsageRowsRemoved'), 4)
  t.equal(await countOf('daily_usage'), 6)
})

t.test('removes audit rows older than AUDIT_RETENTION_DAYS', async (t) => {
  await query(`insert into audit_log (endpoint, method, timestamp)
    select '/old', 'GET', now() - make_interval(days => d) from unnest(array[1, 119, 121, 500]) d`)
  t.equal(await ran('audit-log', 'AuditRowsRemoved', { auditRetentionDays: 120 }), 2)
  t.equal(await countOf("audit_log where endpoint = '/old'"), 2)
})

t.test('counts orphan images, and deletes them only if configured', async (t) => {
  const folder = testFolder()
  t.teardown(() => folder.remove())
  const store = createFolderStore(folder.path)
  const eightDaysAgo = new Date(Date.now() - 8 * 86_400_000)
  const listed = Array.from({ length: 200 }, (_, index) => ({
    key: `analyses/2026/01/01/00000000-0000-4000-8000-${String(index).padStart(12, '0')}/image.jpg`,
    lastModified: eightDaysAgo,
    bytes: 1,
  }))
  const deleted: string[] = []
  const swept = {
    ...store,
    list: async function* () {
      yield* listed
    },
    delete: async (key: string) => void deleted.push(key),
  }
  // Every image but the first has a row.
  for (const { key } of listed.slice(1)) {
    await query(
      `insert into ingest_jobs (image_id, caller, parameters, image_key, image_sha256, image_width, image_height) values ($1, 'open', '{}', $2, 's', 1, 1)`,
      [randomUUID(), key],
    )
  }
  const list = housekeeping({}, swept)
  await list.run('orphan-images')
  t.equal(list.values().OrphanImages, 1)
  t.match(list.logged, [{ msg: 'Orphan images found', orphans: 1, deleted: 0, oldest: [listed[0]?.key] }, {}])
  t.strictSame(deleted, [], 'deletes nothing by default')

  const paused = housekeeping({ imageSweep: 'delete', imageSweepPaused: true }, swept)
  await paused.run('orphan-images')
  t.match(paused.logged[0], { level: 40, msg: 'Orphan images not deleted', refusal: /paused/ })
  t.strictSame(deleted, [])

  await housekeeping({ imageSweep: 'delete' }, swept).run('orphan-images')
  t.strictSame(deleted, [listed[0]?.key])

  const stopped = housekeeping({}, swept)
  stopped.shutdown.abort()
  await t.rejects(stopped.run('orphan-images'), /another process runs the job again/)
  t.strictSame(stopped.values(), {}, 'a shutdown does not count as a failure')
})

t.test('counts and logs a failure, rethrows it for a retry, and continues with other jobs', async (t) => {
  const one = housekeeping()
  await query('alter table daily_usage rename to away')
  await t.rejects(one.run('daily-usage'))
  t.match(one.logged.at(-1), { level: 50, job: 'daily-usage', msg: 'Housekeeping failed, retrying' })
  await query('alter table away rename to daily_usage')
  await one.run('events')
  await t.rejects(one.run('of-a-newer-version'), /Unknown housekeeping job: of-a-newer-version/)
  t.match(one.values(), { HousekeepingFailed: 1, EventsRemoved: 0 })
})

t.test('reports a job as overdue two days after its due time, counted from when it was scheduled', async (t) => {
  t.strictSame(await overdueJobs(db), [], 'all were scheduled just now')
  const later = (hours: number) => new Date(Date.now() + hours * 3_600_000)
  t.strictSame(await overdueJobs(db, later(47)), [])
  t.strictSame(await overdueJobs(db, later(50)), ['idempotency-keys'])
  t.strictSame(
    await overdueJobs(db, later(73)),
    HOUSEKEEPING_NAMES.filter((name) => name !== 'orphan-images'),
  )
  t.strictSame(await overdueJobs(db, later(8 * 24 + 25)), HOUSEKEEPING_NAMES)
  await query(`update housekeeping_runs set succeeded_at = now() - interval '90 hours'`)
  await markRun(db, 'events')
  t.notOk((await overdueJobs(db)).includes('events'))
})
