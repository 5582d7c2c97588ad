import { openClient } from '../api/database/connection.ts'

/** Share of defects among the rows made, far above the plant's 0.18 %, so that the reads of defects have work to do. */
const DEFECT_SHARE = 0.05
const AT_ONCE = 50_000

/**
 * Fills analyses up to `wanted` rows over 90 days, with texts as long as a model's. Made by the server itself, so that a million takes
 * a minute or two; `progress` is told the number of rows after each step.
 */
export async function fillAnalyses(
  connectionString: string,
  wanted: number,
  progress: (rows: number) => void,
): Promise<void> {
  const client = await openClient({ connectionString })
  try {
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from analyses')
    for (let have = rows[0]?.count ?? 0; have < wanted; ) {
      const upTo = Math.min(wanted, have + AT_ONCE)
      await client.query(INSERT, [have, upTo - 1, DEFECT_SHARE])
      have = upTo
      progress(have)
    }
    // As autovacuum would have done by itself on a table that grew over weeks.
    await client.query('vacuum analyze analyses')
  } finally {
    await client.end()
  }
}

const INSERT = `
  with draw as (
    select n, random() < $3 as defect, random() as r, floor(random() * 6)::int as sku, floor(random() * 12)::int as type
    from generate_series($1::int, $2::int) as n
  )
  insert into analyses (
    defect_id, timestamp, facility, product_sku, defect_detected, defect_type, severity, confidence, description,
    affected_area, root_cause, five_why_chain, corrective_actions, image_s3_key, model_version, verdict, defects,
    probable_stage, contributing_factors, preventive_actions, language, lot, line_id, image_sha256, image_width,
    image_height, caller, analyzer, prompt_version, model_settings, input_tokens, output_tokens, reasoning_tokens,
    cost_usd, latency_ms, model_latency_ms
  )
  select
    'DEF-20260101-' || upper(lpad(to_hex(n), 8, '0')),
    now() - interval '90 days' * r,
    (array['yangjiang', 'yangjiang', 'shenzhen', 'hongkong'])[1 + n % 4],
    (array['WK-KN-200', 'WK-KN-150', 'WK-KN-100', 'WK-SC-200', 'WK-CI-200', 'WK-CI-280'])[1 + sku],
    defect,
    case when defect then (array['blade_scratch', 'blade_chip', 'edge_irregularity', 'handle_crack',
      'handle_discoloration', 'weld_defect', 'polish_defect', 'rust_spot', 'dimensional_error',
      'assembly_misalignment', 'surface_contamination', 'heat_treatment_defect'])[1 + type] else 'unknown' end,
    case when defect then (array['critical', 'major', 'minor', 'cosmetic'])[1 + type % 4] else 'cosmetic' end,
    0.6 + 0.4 * r,
    case when defect then 'A fine scratch runs along the blade face, from the bolster towards the tip, ' || n
      else 'A clean part, no defect to be seen' end,
    'blade',
    case when defect then 'Probably coarse grit carried over from polishing; look at the glazing wheel under a lens.'
      else '' end,
    case when defect then '["one", "two", "three", "four", "five"]'::jsonb else '[]'::jsonb end,
    '[]', 'bench/' || n, 'bench', case when defect then 'ng' else 'ok' end, '[]',
    case when defect then (array['vacuum_quench', 'taper_grinding', 'blade_glazing'])[1 + type % 3] end,
    '[]', '[]', 'en', 'L' || n / 500, 'line-' || n % 8, md5(n::text) || md5('bench' || n), 1152, 864,
    'admin', 'azure', 'v1', '{}', 3000, 200, 0, 0.01, 2300 + (500 * r)::int, 2000
  from draw`
