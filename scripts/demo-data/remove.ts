import type pg from 'pg'
import { DEMO_CALLER } from './photos.ts'

/** What the reviews, texts and events of people that used the demo data hang on, first; then the demo's own rows. */
const STATEMENTS = [
  'delete from reviews using analyses where reviews.analysis_id = analyses.id and analyses.caller = $1',
  'delete from explanations using analyses where explanations.analysis_id = analyses.id and analyses.caller = $1',
  'delete from translations using analyses where translations.analysis_id = analyses.id and analyses.caller = $1',
  'delete from events using analyses where events.defect_id = analyses.defect_id and analyses.caller = $1',
  'delete from analyses where caller = $1',
  'delete from inspected_units where caller = $1',
  `update daily_usage set analyses = daily_usage.analyses - demo.analyses, tokens = daily_usage.tokens - demo.tokens,
    cost_usd = daily_usage.cost_usd - demo.cost_usd
    from daily_usage as demo where demo.caller = $1 and daily_usage.caller = '*' and daily_usage.day = demo.day`,
  "delete from daily_usage where caller = $1 or (caller = '*' and analyses <= 0)",
] as const

/** Takes the demo's rows away within the transaction of `client`. Returns how many analyses those were, and the pictures that nothing refers to now. */
export async function remove(client: pg.ClientBase): Promise<{ analyses: number; keys: string[] }> {
  const { rows } = await client.query<{ key: string }>(
    'select distinct image_s3_key as key from analyses where caller = $1',
    [DEMO_CALLER],
  )
  let analyses = 0
  for (const statement of STATEMENTS) {
    const { rowCount } = await client.query(statement, [DEMO_CALLER])
    if (statement.startsWith('delete from analyses')) analyses = rowCount ?? 0
  }
  return { analyses, keys: rows.map(({ key }) => key) }
}
