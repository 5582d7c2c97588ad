import { getTableColumns, getTableName, type InferSelectModel } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type pg from 'pg'
import type { Product } from '../../api/config/config.ts'
import { analyses, inspectedUnits, reviews } from '../../drizzle/schema.ts'
import { DEMO_CALLER, type DemoPhoto, PHOTOS_PER_PART, type PhotoOptions, photosOf } from './photos.ts'
import { runsOf, UNITS_PER_PART } from './plant.ts'
import { reviewsOf } from './reviews.ts'

const BATCH = 1000

/** One statement with one parameter, the fastest without a file. Generated columns are left out. */
async function insert<T extends PgTable>(
  client: pg.ClientBase,
  table: T,
  rows: InferSelectModel<T>[],
  onConflict = '',
) {
  const columns = Object.entries(getTableColumns(table)).filter(([, { generated }]) => generated === undefined)
  const named = (row: object) => columns.map(([key, { name }]) => [name, row[key as keyof typeof row]])
  const [name, list] = [`"${getTableName(table)}"`, columns.map(([, column]) => `"${column.name}"`).join(', ')]
  const records = `json_populate_recordset(null::${name}, $1::json)`
  const values = JSON.stringify(rows.map((row) => Object.fromEntries(named(row))))
  await client.query(`insert into ${name} (${list}) select ${list} from ${records} ${onConflict}`, [values])
}

/** Of each day for the demo and for "*", which is the sum of all callers. */
const ADD_USAGE = `insert into daily_usage (day, caller, analyses, tokens, cost_usd)
  select (timestamp at time zone 'utc')::date, who, count(*), sum(input_tokens + output_tokens), sum(cost_usd)
    from analyses, (values ($1::text), ('*')) as callers (who) where caller = $1 group by 1, 2
  on conflict (day, caller) do update set analyses = daily_usage.analyses + excluded.analyses,
    tokens = daily_usage.tokens + excluded.tokens, cost_usd = daily_usage.cost_usd + excluded.cost_usd`
const TOTALS = `select count(*)::int as photos, count(distinct part_id)::int as parts, count(*) filter (where defect_detected)::int as defects,
    (count(distinct part_id) filter (where defect_detected))::int as defective, array_agg(distinct image_s3_key) as pictures,
    (select count(*)::int from reviews where caller = $1) as reviews,
    (select coalesce(sum(units), 0)::int from inspected_units where caller = $1) as units
  from analyses where caller = $1`

type Totals = Record<'photos' | 'parts' | 'defects' | 'defective' | 'reviews' | 'units', number> & {
  pictures: string[]
}

interface FillOptions extends PhotoOptions {
  count: number
  products: readonly Product[]
}

/** Writes all rows, with `progress` told the photos so far; call it in a transaction. */
export async function fill(client: pg.ClientBase, options: FillOptions, progress: (photos: number) => void) {
  const { random, days, until, count, products } = options
  const runs = runsOf(random, days, until)
  const perWeight = count / runs.reduce((sum, { weight }) => sum + weight, 0)
  let [planned, photos] = [0, 0]
  let batch: DemoPhoto[] = []
  const flush = async () => {
    const said = batch.flatMap((photo) => reviewsOf(random, photo, products, until))
    const rows = batch.map(({ row }) => row)
    await insert(client, analyses, rows)
    await insert(client, reviews, said)
    batch = []
    progress(photos)
  }
  for (const run of runs) {
    planned += run.weight * perWeight
    for (const photo of photosOf(run, Math.round(planned) - photos, options)) {
      photos++
      if (batch.push(photo) === BATCH) await flush()
    }
  }
  if (batch.length > 0) await flush()
  const units = runs.map(({ facility, day, shift, line: lineId, sku: productSku, weight, to }) => ({
    ...{ facility, day, shift, lineId, productSku, person: '陈伟', caller: DEMO_CALLER, updatedAt: new Date(to) },
    units: Math.round(((weight * perWeight) / PHOTOS_PER_PART) * UNITS_PER_PART),
  }))
  // What people have entered for the same shift stays.
  await insert(client, inspectedUnits, units, 'on conflict do nothing')
  await client.query(ADD_USAGE, [DEMO_CALLER])
  const { rows } = await client.query<Totals>(TOTALS, [DEMO_CALLER])
  return rows[0] as Totals
}

/** Deletes the demo's rows and what hangs on them; call it in a transaction. */
export async function remove(client: pg.ClientBase): Promise<{ analyses: number; keys: string[] }> {
  const run = (statement: string) => client.query<{ key: string }>(statement, [DEMO_CALLER])
  const { rows } = await run('select distinct image_s3_key as key from analyses where caller = $1')
  for (const table of ['reviews', 'explanations', 'translations'])
    await run(`delete from ${table} using analyses where ${table}.analysis_id = analyses.id and analyses.caller = $1`)
  await run('delete from events using analyses where events.defect_id = analyses.defect_id and analyses.caller = $1')
  const { rowCount } = await run('delete from analyses where caller = $1')
  await run('delete from inspected_units where caller = $1')
  await run(`update daily_usage as all_of set analyses = all_of.analyses - demo.analyses, tokens = all_of.tokens - demo.tokens,
    cost_usd = all_of.cost_usd - demo.cost_usd
    from daily_usage as demo where demo.caller = $1 and all_of.caller = '*' and all_of.day = demo.day`)
  await run("delete from daily_usage where caller = $1 or (caller = '*' and analyses <= 0)")
  return { analyses: rowCount ?? 0, keys: rows.map(({ key }) => key) }
}
