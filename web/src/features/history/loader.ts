import { prefetch, prefetchLoader, preloadPictures } from '../../api/prefetch.ts'
import { facilitiesQuery, historyCountQuery, historyQuery, productsQuery } from '../../api/queries.ts'
import { queries } from '../../api/query-client.ts'
import { isStart, listedQuery, readFilters, toQuery } from './filters.ts'

/** Thumbnails in view when the history opens on a phone. */
const FIRST_THUMBNAILS = 8

export const historyLoader = prefetchLoader(async ({ params }) => {
  const filters = readFilters(params)
  const at = params.get('at') ?? ''
  void prefetch(productsQuery)
  // Where a chosen day begins depends on the facility's time zone.
  const places = filters.from || filters.to || at ? await queries.fetchQuery(facilitiesQuery) : []
  const query = toQuery(filters, places)
  void prefetch(historyCountQuery(query))
  const listed = listedQuery(query, isStart(at) ? at : '', filters.facility, places)
  const { analyses } = await queries.fetchQuery(historyQuery(listed, 0, undefined))
  preloadPictures(analyses.slice(0, FIRST_THUMBNAILS).map(({ thumbnail_url }) => thumbnail_url))
})
