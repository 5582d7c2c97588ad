import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { resolve } from 'node:path'
import { migrateDatabase } from '../api/database/database.ts'
import { startEmbeddedPostgres } from '../api/database/embedded.ts'
import { get } from './client.ts'
import { fillAnalyses } from './rows.ts'
import { say, withService } from './running.ts'
import { percentile } from './statistics.ts'
import type { Row } from './table.ts'

const TARGET_MS = 50
const READS = {
  'History, newest page': '/api/v1/analyses',
  'History, a product': '/api/v1/analyses?product_sku=WK-SC-200',
  'History, a type in a facility': '/api/v1/analyses?facility=hongkong&defect_type=rust_spot',
  'History, text search': '/api/v1/analyses?text=bolster',
  'Newest defects': '/api/v1/defects?limit=50',
  Stats: '/api/v1/stats',
} as const

interface Times {
  rows: number
  p50: number
  p95: number
  failed: number
}

/** Each read over and over with one client, in tables of growing size. */
export async function runReads(quick: boolean): Promise<Row[]> {
  const folder = resolve(import.meta.dirname, '../.data/bench', randomBytes(6).toString('hex'))
  const postgres = await startEmbeddedPostgres(folder)
  const times = new Map<string, Times[]>(Object.keys(READS).map((what) => [what, []]))
  try {
    await migrateDatabase(postgres.url)
    for (const rows of quick ? [100_000] : [100_000, 1_000_000]) {
      await fillAnalyses(postgres.url, rows, (have) => say(`${have} rows`))
      const settings = { modelMs: 0, defectEvery: 0, env: { DATABASE_URL: postgres.url } }
      await withService(settings, async ({ origin }) => {
        for (const [what, path] of Object.entries(READS)) {
          times.get(what)?.push({ rows, ...(await timed(new URL(path, origin), quick ? 40 : 200)) })
        }
      })
    }
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return [...times].map(([what, measured]) => ({
    what,
    target: `p95 under ${TARGET_MS} ms at 100,000 rows`,
    measured: measured
      .map(({ rows, p50, p95 }) => `${rows.toLocaleString('en')}: p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)} ms`)
      .join('; '),
    // Milliseconds depend on the machine; an answer that is no 200 does not.
    ok: measured.some(({ failed }) => failed > 0) ? false : null,
  }))
}

async function timed(url: URL, times: number): Promise<Omit<Times, 'rows'>> {
  const agent = new Agent({ keepAlive: true })
  const ms: number[] = []
  let failed = 0
  for (let number = 0; number < times + 10; number++) {
    const answer = await get(url, agent)
    if (answer.status !== 200) failed++
    if (number >= 10) ms.push(answer.ms)
  }
  agent.destroy()
  return { p50: percentile(ms, 0.5), p95: percentile(ms, 0.95), failed }
}
