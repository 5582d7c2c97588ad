import type { Facility } from './vocabulary.ts'

/** What is counted: photos, parts (of several photos) or inspected units. */
export const BASES = ['photo', 'part', 'unit'] as const
export type Basis = (typeof BASES)[number]

/** On whose word results are counted and filtered: see features/reviews/verdict-source.ts. */
export const VERDICT_SOURCES = ['final', 'ai', 'human'] as const
export type VerdictSource = (typeof VERDICT_SOURCES)[number]

/** The selection of photos that a p chart shows, beside its time: a frozen baseline counts for one of them. */
export interface ChartScope {
  facility?: Facility
  product_sku?: string
  line_id?: string
  station?: string
  shift?: string
  analyzer?: 'azure' | 'local'
  model_version?: string
  basis: Basis
  truth: VerdictSource
}
