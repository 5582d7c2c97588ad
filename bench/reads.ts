import { randomBytes, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { resolve } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { openClient } from '../api/database/connection.ts'
import { startEmbeddedPostgres } from '../api/database/embedded.ts'
import { insertAnalysis } from '../api/features/analyses/rows.ts'
import { migrateDatabase } from '../api/migration.ts'
import * as schema from '../drizzle/schema.ts'
import { get } from './client.ts'
import { fillAnalyses } from './rows.ts'
import { say, withService } from './running.ts'
import { percentile } from './statistics.ts'
import type { Row } from './table.ts'

const HISTORY_MS = 50
const STATISTICS_MS = 60
const DAY_MS = 86_400_000

const page = (query: string) => `/api/v1/analyses?limit=25${query && `&${query}`}`
const HISTORY: Record<string, string> = {
  'newest page': page(''),
  facility: page('facility=hongkong'),
  'no such facility row': page('facility=shenzhen&product_sku=WK-NONE'),
  product: page('product_sku=WK-P07'),
  'type in a facility': page('facility=hongkong&defect_type=rust_spot'),
  'type, by the AI': page('truth=ai&defect_type=rust_spot'),
  severity: page('severity=critical'),
  stage: page('probable_stage=vacuum_quench'),
  'verdict review': page('verdict=review'),
  'final verdict ng': page('effective_verdict=ng'),
  'review queue': page('person_verdict=none&voided=false&verdict=review'),
  'review queue, count': '/api/v1/analyses/count?person_verdict=none&voided=false&verdict=review',
  reviewed: page('reviewed=true'),
  'not reviewed': page('reviewed=false'),
  void: page('voided=true'),
  part: page('part_id=P-250001'),
  lot: page('lot=L700'),
  line: page('line_id=Y-line-7'),
  'no such line': page('line_id=none'),
  station: page('station=S-7-1'),
  operator: page('operator=operator-7'),
  shift: page('shift=night'),
  'text search': page('text=bolster'),
  'text search, rare': page('text=L700'),
  'text search, a type': page('text=rust'),
}

const statistics = (days: number, query: string, now: number) =>
  `/api/v1/statistics?from=${new Date(now - days * DAY_MS).toISOString()}${query && `&${query}`}`

interface Times {
  p50: number
  p95: number
  failed: number
}

/** Reads and writes over and over with one client, in a table of a million rows. */
export async function runReads(quick: boolean): Promise<Row[]> {
  const folder = resolve(import.meta.dirname, '../.data/bench', randomBytes(6).toString('hex'))
  const postgres = await startEmbeddedPostgres(folder)
  const count = quick ? 100_000 : 1_000_000
  const times = quick ? 20 : 60
  const rows: Row[] = []
  try {
    await migrateDatabase(postgres.url)
    rows.push(await insertRow(postgres.url, 'Insert into an empty table', times))
    await emptied(postgres.url)
    await fillAnalyses(postgres.url, count, (have) => say(`${have} rows`))
    rows.push(await sizeRow(postgres.url))
    const settings = { modelMs: 0, defectEvery: 0, env: { DATABASE_URL: postgres.url } }
    await withService(settings, async ({ origin }) => {
      const measured = async (what: string, limit: number, path: string) => {
        say(what)
        const { p50, p95, failed } = await timed(new URL(path, origin), times)
        const judged = failed === 0 ? null : false
        rows.push({
          what,
          target: `p95 under ${limit} ms`,
          measured: `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)} ms${failed > 0 ? `, ${failed} failed` : ''}`,
          // Milliseconds depend on the machine; an answer that is no 200 does not.
          ok: judged,
        })
      }
      for (const [what, path] of Object.entries(HISTORY)) await measured(`History, ${what}`, HISTORY_MS, path)
      const deep = new URL('/api/v1/analyses?limit=25', origin)
      deep.searchParams.set('to', new Date(Date.now() - 300 * DAY_MS).toISOString())
      const first = (await (await fetch(deep)).json()) as { next_cursor?: string | null }
      deep.searchParams.set('cursor', first.next_cursor ?? '')
      await measured('History, deep cursor', HISTORY_MS, deep.pathname + deep.search)
      await measured('Newest defects', HISTORY_MS, '/api/v1/defects?limit=50')
      await measured('Stats', STATISTICS_MS, '/api/v1/stats')
      await measured('Statistics, choices', STATISTICS_MS, '/api/v1/statistics/choices')
      await measured(
        'Quality, 30 days',
        STATISTICS_MS,
        `/api/v1/quality?from=${new Date(Date.now() - 30 * DAY_MS).toISOString()}`,
      )
      const now = Date.now()
      for (const days of [7, 30, 365]) {
        for (const query of [
          '',
          'truth=ai',
          'truth=human',
          'facility=yangjiang',
          'product_sku=WK-P07',
          'basis=part',
          'basis=unit',
        ]) {
          await measured(`Statistics, ${days} days ${query}`, STATISTICS_MS, statistics(days, query, now))
        }
      }
    })
    rows.push(await insertRow(postgres.url, `Insert into ${count.toLocaleString('en')} rows`, times * 5))
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return rows
}

async function timed(url: URL, times: number): Promise<Times> {
  const agent = new Agent({ keepAlive: true })
  const ms: number[] = []
  let failed = 0
  // Of what takes seconds, a few are enough.
  const until = performance.now() + 8_000
  for (let number = 0; number < times + 5 && (number < 8 || performance.now() < until); number++) {
    const answer = await get(url, agent)
    if (answer.status !== 200) failed++
    if (number >= 5) ms.push(answer.ms)
  }
  agent.destroy()
  return { p50: percentile(ms, 0.5), p95: percentile(ms, 0.95), failed }
}

/** Single inserts by the product's own function, over one connection. */
async function insertRow(url: string, what: string, times: number): Promise<Row> {
  say(what)
  const client = await openClient({ connectionString: url })
  const ms: number[] = []
  try {
    const db = drizzle(client, { schema })
    for (let number = -20; number < times; number++) {
      const startedAt = performance.now()
      await insertAnalysis(db, sample(number))
      if (number >= 0) ms.push(performance.now() - startedAt)
    }
  } finally {
    await client.end()
  }
  return {
    what,
    target: 'less than with 26 indexes',
    measured: `p50 ${percentile(ms, 0.5).toFixed(2)}, p95 ${percentile(ms, 0.95).toFixed(2)} ms`,
    ok: null,
  }
}

const sample = (number: number): Parameters<typeof insertAnalysis>[1] => ({
  timestamp: new Date(),
  facility: 'yangjiang',
  productSku: `WK-P0${Math.abs(number % 10)}`,
  defectDetected: number % 20 === 0,
  defectType: number % 20 === 0 ? 'rust_spot' : 'unknown',
  severity: number % 20 === 0 ? 'critical' : 'cosmetic',
  confidence: 0.9,
  description: `A fine scratch runs along the blade face, from the bolster towards the tip, ${randomUUID()}`,
  affectedArea: 'blade',
  rootCause: 'Probably coarse grit carried over from polishing; look at the glazing wheel under a lens.',
  imageS3Key: `bench/${randomUUID()}`,
  modelVersion: 'model-2',
  verdict: 'ok',
  defects: [],
  probableStage: number % 20 === 0 ? 'vacuum_quench' : null,
  contributingFactors: [],
  preventiveActions: [],
  language: 'en',
  partId: `P-${randomUUID()}`,
  station: `S-${number % 10}-1`,
  lineId: `Y-line-${number % 10}`,
  lot: `L${number}`,
  operator: 'operator-7',
  fileName: `${randomUUID()}.jpg`,
  imageSha256: randomBytes(32).toString('hex'),
  imageWidth: 1152,
  imageHeight: 864,
  caller: 'admin',
  analyzer: 'azure',
  modelSettings: {},
  inputTokens: 3000,
  outputTokens: 200,
  reasoningTokens: 0,
  costUsd: 0.01,
  latencyMs: 2000 + (number % 997),
  modelLatencyMs: 1900,
})

async function emptied(url: string): Promise<void> {
  const client = await openClient({ connectionString: url })
  await client.query('truncate analyses cascade').finally(() => client.end())
}

async function sizeRow(url: string): Promise<Row> {
  const client = await openClient({ connectionString: url })
  try {
    const { rows } = await client.query<{ heap: number; indexes: number; number: number }>(`
      select pg_table_size('analyses') / 1e6 as heap, pg_indexes_size('analyses') / 1e6 as indexes,
        (select count(*) from pg_index where indrelid = 'analyses'::regclass and not indisprimary)::int as number`)
    const { heap = 0, indexes = 0, number = 0 } = rows[0] ?? {}
    return {
      what: 'Size of analyses',
      target: 'at most 12 secondary indexes',
      measured: `${Number(heap).toFixed(0)} MB, ${number} secondary indexes and the primary key ${Number(indexes).toFixed(0)} MB`,
      ok: number <= 12,
    }
  } finally {
    await client.end()
  }
}
