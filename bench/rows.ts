import type pg from 'pg'
import { openClient } from '../api/database/connection.ts'

const DAYS = 400
/** Share of defects among the rows made, far above the plant's 0.18 %, so that the reads of defects have work to do. */
const DEFECT_SHARE = 0.05
const AT_ONCE = 100_000

/**
 * Adds `wanted` analyses in order of time over 400 days, with texts as long as a model's: 3 facilities, 20 products on two lines each, parts
 * of one to three photos, 5 % reviewed, 1 % void. Secondary indexes are made after the rows, as a restore does it.
 */
export async function fillAnalyses(
  connectionString: string,
  wanted: number,
  progress: (rows: number) => void,
): Promise<void> {
  const client = await openClient({ connectionString })
  try {
    // The indexes are built in memory where they fit.
    await client.query("set maintenance_work_mem = '512MB'")
    const remake = await dropIndexes(client)
    await client.query('alter table analyses disable trigger user')
    for (let have = 0; have < wanted; ) {
      const upTo = Math.min(wanted, have + AT_ONCE)
      await client.query(INSERT, [have, upTo - 1, DEFECT_SHARE, wanted, DAYS])
      have = upTo
      progress(have)
    }
    await client.query('alter table analyses enable trigger user')
    for (const index of remake) await client.query(index)
    const { rows } = await client.query("select to_regproc('recount_tallies') is not null as counted")
    if (rows[0].counted) await client.query('select recount_tallies()')
    // As autovacuum would have done by itself on a table that grew over weeks.
    await client.query('vacuum analyze')
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}

/** Drops all indexes of analyses but those of constraints; returns the statements that make them again. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid = 'analyses'::regclass and not exists (select from pg_constraint where conindid = indexrelid)`)
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}

const INSERT = `
  with draw as (
    select n, random() < $3 as defect, random() as r, random() as q, random() as s, floor(random() * 12)::int as type,
      floor(random() * 20)::int as sku, n / 2 as part
    from generate_series($1::int, $2::int) as n
  ), photo as (
    select *, case when q < 0.85 then 'yangjiang' when q < 0.97 then 'shenzhen' else 'hongkong' end as facility,
      (array['blade_scratch', 'blade_chip', 'edge_irregularity', 'handle_crack', 'handle_discoloration', 'weld_defect',
        'polish_defect', 'rust_spot', 'dimensional_error', 'assembly_misalignment', 'surface_contamination',
        'heat_treatment_defect'])[1 + type] as type_name,
      (array['critical', 'major', 'minor', 'cosmetic'])[1 + type % 4] as severity_name,
      s < 0.05 as reviewed, r < 0.03 as doubtful
    from draw
  )
  insert into analyses (
    defect_id, timestamp, facility, product_sku, defect_detected, defect_type, severity, confidence, description,
    affected_area, root_cause, five_why_chain, corrective_actions, image_s3_key, model_version, verdict, defects,
    probable_stage, contributing_factors, preventive_actions, language, part_id, lot, line_id, station, shift, operator,
    image_sha256, image_width, image_height, caller, analyzer, prompt_version, model_settings, input_tokens, output_tokens,
    reasoning_tokens, cost_usd, latency_ms, model_latency_ms, review, reviewed_verdict, reviewed_type, voided
  )
  select
    'DEF-20260101-' || upper(lpad(to_hex(n), 8, '0')),
    now() - make_interval(secs => $5::int * 86400 * (1 - (n + r) / ($4::int + 1))),
    facility, 'WK-P' || lpad(sku::text, 2, '0'), defect,
    case when defect then type_name else 'unknown' end,
    case when defect then severity_name else 'cosmetic' end,
    0.6 + 0.4 * r,
    case when defect then 'A fine scratch runs along the blade face, from the bolster towards the tip, ' || n
      else 'A clean part, no defect to be seen' end,
    'blade',
    case when defect then 'Probably coarse grit carried over from polishing; look at the glazing wheel under a lens.'
      else '' end,
    case when defect then '["one", "two", "three", "four", "five"]'::jsonb else '[]'::jsonb end,
    '[]', 'bench/' || n, case when n < $4::int / 2 then 'model-1' else 'model-2' end,
    case when doubtful then 'review' when defect then 'ng' else 'ok' end, '[]',
    case when defect then (array['vacuum_quench', 'taper_grinding', 'blade_glazing'])[1 + type % 3] end,
    '[]', '[]', 'en', case when n % 10 < 7 then 'P-' || part end, 'L' || n / 500,
    upper(left(facility, 1)) || '-line-' || (sku + n % 2) % 12, 'S-' || (sku + n % 2) % 12 || '-' || n % 2,
    (array['A', 'B'])[1 + n / 1000 % 2], 'operator-' || n / 1000 % 60,
    md5(n::text) || md5('bench' || n), 1152, 864, 'admin', 'azure', 'v1', '{}', 3000, 200, 0, 0.01,
    (1500 + 400 * sqrt(-2 * ln(1 - r * 0.999)) + 4000 * power(q, 20))::int, 2000,
    case when reviewed then jsonb_build_object('id', gen_random_uuid(), 'number', 1, 'kind', 'correct',
      'verdict', case when defect then 'ng' else 'ok' end, 'defect_detected', defect,
      'defect_type', case when defect then type_name else 'unknown' end, 'severity', case when defect then severity_name else 'cosmetic' end,
      'bounding_box', null, 'defects', '[]'::jsonb, 'product_sku', null, 'voided', q < 0.01, 'comment', null, 'person', 'Mei',
      'reviewed_at', '2026-01-01T00:00:00.000Z') end,
    case when reviewed then case when defect then 'ng' else 'ok' end end,
    case when reviewed and defect then type_name end, q < 0.01
  from photo`
