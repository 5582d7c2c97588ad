import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { photo } from '../../fixtures/photos.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { ended, type IngestAnswer, leave, stateOf, stateWhen } from '../support/ingest.ts'
import { startService } from '../support/service.ts'

t.test('postpones a photo until the daily budget is renewed instead of failing it', async (t) => {
  const service = await startService(
    { DAILY_ANALYSES: '1', INGEST_RETRIES: '0', RATE_LIMIT_PER_IP: '100000' },
    { analyzer: scriptedAnalyzer() },
  )
  t.teardown(() => service.close())
  const { pool } = service.database
  const send = async () => (await bodyOf<IngestAnswer>(await leave(service.url, await photo()))).image_id

  const first = await stateWhen(service.url, await send(), ended)
  t.equal(first.status, 'done')
  const second = await send()
  const due =
    "select extract(epoch from start_after - now()) as seconds from pgboss.job where name = 'ingest' and start_after > now()"
  let seconds: number[] = []
  while (seconds.length === 0) {
    await sleep(200)
    seconds = (await pool.query<{ seconds: string }>(due)).rows.map((row) => Number(row.seconds))
  }
  t.equal(seconds.length, 1, 'one job for it')
  t.ok((seconds[0] ?? Number.NaN) <= 86_400, `in ${seconds[0]} s, at midnight UTC`)
  t.equal((await stateOf(service.url, second)).status, 'queued')

  // Simulate midnight: the usage of the day is gone, and the job is due.
  await pool.query('delete from daily_usage')
  await pool.query("update pgboss.job set start_after = now() where name = 'ingest' and state = 'created'")
  t.equal((await stateWhen(service.url, second, ended)).status, 'done')
})
