import { prefetch, prefetchLoader } from '../../api/prefetch.ts'
import { qualityQuery, thresholdsQuery } from '../../api/quality.ts'
import { facilitiesQuery, productsQuery } from '../../api/queries.ts'
import { queries } from '../../api/query-client.ts'
import { readFilters, toQuery } from './filters.ts'
import { useQualityTexts } from './texts.ts'

export const qualityLoader = prefetchLoader(async ({ params }) => {
  const filters = readFilters(params)
  void prefetch(thresholdsQuery)
  void prefetch(productsQuery)
  // Where a chosen day begins depends on the facility's time zone.
  const places = filters.from || filters.to ? await queries.fetchQuery(facilitiesQuery) : []
  void prefetch(qualityQuery(toQuery(filters, places)))
}, useQualityTexts)
