import type { Statistics, StatisticsFilters, Truth } from '../../api/types.ts'
import { facilities } from '../../components/codes.ts'
import { truthOf } from '../../components/truths.ts'
import { isDay, startOfDay } from '../../language/formats.ts'

export const PERIODS = ['today', '7d', '30d', '90d', 'own'] as const
export const BASES = ['photo', 'part', 'unit'] as const satisfies Statistics['basis'][]

/** The filters as they stand in the page's address, under the names that the history has; empty texts where not set. */
export interface Filters {
  period: (typeof PERIODS)[number]
  /** Days; of period own. */
  from: string
  to: string
  facility: string
  product: string
  line: string
  shift: string
  basis: Statistics['basis']
  truth: Truth
}
export type FilterName = keyof Filters

const oneOf = <Value extends string>(values: readonly Value[], text: string | null, fallback: Value): Value =>
  values.find((value) => value === text) ?? fallback

/** What is not valid, in an address typed by hand, is left out. */
export function readFilters(params: URLSearchParams): Filters {
  const text = (name: string) => params.get(name)?.trim() ?? ''
  const day = (name: string) => (isDay(text(name)) ? text(name) : '')
  return {
    period: day('from') ? 'own' : oneOf(PERIODS, params.get('period'), '30d'),
    from: day('from'),
    to: day('to'),
    facility: oneOf(facilities, params.get('facility') as never, '' as never),
    product: text('product'),
    line: text('line'),
    shift: text('shift'),
    basis: oneOf(BASES, params.get('basis'), 'photo'),
    truth: truthOf(params.get('truth')),
  }
}

/** The same for the API. Days begin on the clocks of `timeZone`. */
export function toQuery(filters: Filters, timeZone: string | undefined): StatisticsFilters {
  const { period, from, to, facility, product, line, shift, basis, truth } = filters
  const own = period === 'own' && from !== ''
  return {
    ...(own
      ? {
          from: startOfDay(from, timeZone).toISOString(),
          to: to ? startOfDay(to < from ? from : to, timeZone, 1).toISOString() : undefined,
        }
      : { period: period === 'own' ? '30d' : period }),
    facility: facilities.find((code) => code === facility),
    product_sku: product || undefined,
    line_id: line || undefined,
    shift: shift || undefined,
    basis,
    truth,
  }
}
