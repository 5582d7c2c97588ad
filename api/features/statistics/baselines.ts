import { desc, eq } from 'drizzle-orm'
import { chartBaselines } from '../../../drizzle/schema.ts'
import type { Db, Transaction } from '../../database/database.ts'
import { asPercent } from './rates.ts'
import type { ChartScope, FrozenBaselineBody } from './schemas.ts'

/** The part of the filters that a baseline counts for; what is not filtered by is left out, so that equal scopes are equal as JSON. */
export function scopeOf(filters: Partial<ChartScope>): ChartScope {
  const { facility, product_sku, line_id, station, shift, analyzer, model_version } = filters
  const { basis = 'photo', truth = 'final' } = filters
  const sku = product_sku?.trim().toUpperCase()
  const all = { facility, product_sku: sku, line_id, station, shift, analyzer, model_version }
  return { ...Object.fromEntries(Object.entries(all).filter(([, value]) => value)), basis, truth }
}

const present = (row: typeof chartBaselines.$inferSelect): FrozenBaselineBody => ({
  scope: row.scope,
  from: row.from.toISOString(),
  to: row.to.toISOString(),
  inspected: row.inspected,
  defects: row.defects,
  centre_percent: asPercent(row.defects / row.inspected) ?? 0,
  person: row.person,
  created_at: row.createdAt.toISOString(),
})

/** The baseline that was frozen for just these filters. */
export async function frozenFor(tx: Transaction, filters: Partial<ChartScope>): Promise<FrozenBaselineBody | null> {
  const [row] = await tx
    .select()
    .from(chartBaselines)
    .where(eq(chartBaselines.scope, scopeOf(filters)))
  return row ? present(row) : null
}

/** The newest first. */
export async function listBaselines(db: Db): Promise<FrozenBaselineBody[]> {
  return (await db.select().from(chartBaselines).orderBy(desc(chartBaselines.createdAt))).map(present)
}

/** Keeps a centre line, in place of the one before. */
export async function freeze(db: Db, baseline: typeof chartBaselines.$inferInsert): Promise<FrozenBaselineBody> {
  const { scope, ...set } = baseline
  const [row] = await db
    .insert(chartBaselines)
    .values(baseline)
    .onConflictDoUpdate({ target: chartBaselines.scope, set })
    .returning()
  if (!row) throw new Error('the baseline was not stored')
  return present(row)
}

/** False: there is none. */
export async function unfreeze(db: Db, scope: ChartScope): Promise<boolean> {
  const { rowCount } = await db.delete(chartBaselines).where(eq(chartBaselines.scope, scope))
  return (rowCount ?? 0) > 0
}
