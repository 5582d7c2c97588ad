import type { Facility } from './vocabulary.ts'

/** What is counted: photos, parts (which may have several photos) or inspected units. */
export const BASES = ['photo', 'part', 'unit'] as const
export type Basis = (typeof BASES)[number]

/** Whose verdict results are counted and filtered by, see features/reviews/verdict-source.ts. */
export const VERDICT_SOURCES = ['final', 'ai', 'human'] as const
export type VerdictSource = (typeof VERDICT_SOURCES)[number]

/** The photos that a p chart shows, apart from its period. A frozen baseline applies to one such scope. */
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
