import { useNavigate, useSearchParams } from 'react-router'
import type { QualityFilters } from '../../api/types.ts'
import { facilities } from '../../components/codes.ts'
import { type Place, placeOf } from '../../components/place-of.ts'
import { isDay, startOfDay } from '../../language/formats.ts'

export const FILTER_NAMES = ['from', 'to', 'facility', 'product', 'model'] as const
export type FilterName = (typeof FILTER_NAMES)[number]
export type Filters = Record<FilterName, string>

/** The filters for the API. Days are those of the facility asked for, or of where the parts are made; what is not valid is left out. */
export function toQuery({ from, to, facility, product, model }: Filters, places: readonly Place[]): QualityFilters {
  const place = placeOf(facility, places)
  return {
    from: isDay(from) ? startOfDay(from, place?.time_zone).toISOString() : undefined,
    to: isDay(to) ? startOfDay(to, place?.time_zone, 1).toISOString() : undefined,
    facility: facilities.find((code) => code === facility),
    product_sku: product || undefined,
    model_version: model || undefined,
  }
}

export const readFilters = (params: URLSearchParams): Filters =>
  Object.fromEntries(FILTER_NAMES.map((name) => [name, params.get(name)?.trim() ?? ''])) as Filters

/** What the address says: the filters, and the product whose threshold is looked at. */
export function useQualityAddress() {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const change = (values: Record<string, string>) => {
    const next = new URLSearchParams(window.location.search)
    for (const [name, value] of Object.entries(values)) {
      if (value) next.set(name, value)
      else next.delete(name)
    }
    void navigate({ search: next.toString() }, { replace: true, preventScrollReset: true })
  }
  return {
    filters: readFilters(params),
    sku: params.get('sku') ?? '',
    set: (name: FilterName | 'sku', value: string) => change({ [name]: value }),
    clear: () => change(Object.fromEntries(FILTER_NAMES.map((name) => [name, '']))),
  }
}
