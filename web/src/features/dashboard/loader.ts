import { prefetch, prefetchLoader } from '../../api/prefetch.ts'
import { facilitiesQuery, productsQuery } from '../../api/queries.ts'
import { queries } from '../../api/query-client.ts'
import { choicesQuery, statisticsQuery } from '../../api/statistics.ts'
import { placeOf } from '../../components/place-of.ts'
import { readFilters, toQuery } from './filters.ts'
import { useDashboardTexts } from './texts.ts'

export const dashboardLoader = prefetchLoader(async ({ params }) => {
  const filters = readFilters(params)
  void prefetch(productsQuery)
  void prefetch(choicesQuery(toQuery(filters, undefined).facility))
  // Where a chosen day begins depends on the facility's time zone.
  const places = filters.period === 'own' ? await queries.fetchQuery(facilitiesQuery) : []
  void prefetch(statisticsQuery(toQuery(filters, placeOf(filters.facility, places)?.time_zone)))
}, useDashboardTexts)
