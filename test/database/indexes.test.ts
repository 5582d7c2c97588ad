import t from 'tap'
import { openClient } from '../../api/database/connection.ts'
import { createTestDatabase } from '../../fixtures/shared-postgres.ts'
import { testFolder } from '../support/service.ts'

const MOST = 12
const folder = testFolder()
const database = await createTestDatabase(folder.path)
const client = await openClient(database.url)
t.teardown(async () => {
  await client.end()
  await database.drop()
  folder.remove()
})

t.test(
  `analyses has at most ${MOST} indexes beside its primary key, as each is written with every photo`,
  async (t) => {
    const { rows } = await client.query<{ name: string }>(
      "select indexrelid::regclass::text as name from pg_index where indrelid = 'analyses'::regclass and not indisprimary order by 1",
    )
    t.ok(rows.length > 0 && rows.length <= MOST, rows.map(({ name }) => name).join(', '))
  },
)

t.test('an entry of the widest index holds the longest texts that the API takes', async (t) => {
  const longest = '\u{20000}'.repeat(100)
  const texts = ['part_id', 'station', 'line_id', 'shift', 'lot', 'operator', 'event_id']
  await client.query(
    `insert into analyses (defect_id, timestamp, facility, product_sku, defect_detected, image_s3_key, verdict, defects, contributing_factors,
       preventive_actions, language, image_sha256, image_width, image_height, caller, analyzer, model_settings, input_tokens, output_tokens,
       reasoning_tokens, latency_ms, model_latency_ms, defect_type, severity, probable_stage, model_version, ${texts})
     values ('DEF-20260101-00000001', now(), 'yangjiang', 'WK-KN-200', true, 'key', 'ng', '[]', '[]', '[]', 'en', 'a', 1, 1, 'open', 'azure', '{}',
       1, 1, 0, 1, 1, 'assembly_misalignment', 'critical', 'back_edge_polishing', $1, ${texts.map(() => '$2')})`,
    ['m'.repeat(100), longest],
  )
  t.equal((await client.query('select from photo_tallies')).rowCount, 2, 'a day and a week')
})
