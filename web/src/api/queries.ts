import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { bodyOf, client } from './client.ts'
import type { Analysis, HistoryFilters } from './types.ts'

/** Lists that change only with a deployment. */
const RARELY_CHANGED = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY }
/** Results of one page of the history. */
export const HISTORY_PAGE = 50
const MINUTE = 60_000

export const infoQuery = queryOptions({
  queryKey: ['info'],
  queryFn: ({ signal }) => bodyOf(client.GET('/api/v1/info', { signal })),
  ...RARELY_CHANGED,
})

export const productsQuery = queryOptions({
  queryKey: ['products'],
  queryFn: async ({ signal }) => (await bodyOf(client.GET('/api/v1/products', { signal }))).products,
  ...RARELY_CHANGED,
})

export const facilitiesQuery = queryOptions({
  queryKey: ['facilities'],
  queryFn: async ({ signal }) => (await bodyOf(client.GET('/api/v1/facilities', { signal }))).facilities,
  ...RARELY_CHANGED,
})

/** One result. What the model said never changes; what people say of it does. */
export const analysisQuery = (defectId: string, known?: Analysis) =>
  queryOptions({
    queryKey: ['analysis', defectId],
    queryFn: ({ signal }) =>
      bodyOf(client.GET('/api/v1/analyses/{defect_id}', { params: { path: { defect_id: defectId } }, signal })),
    initialData: known,
    staleTime: MINUTE,
  })

/** One page of the history, newest first: it begins at the cursor that the page before gave, undefined for the first. */
export const historyQuery = (filters: HistoryFilters, page: number, cursor: string | undefined) =>
  queryOptions({
    queryKey: ['history', filters, page, cursor ?? null],
    queryFn: ({ signal }) =>
      bodyOf(
        client.GET('/api/v1/analyses', { params: { query: { ...filters, cursor, limit: HISTORY_PAGE } }, signal }),
      ),
    staleTime: MINUTE,
  })

/** How many results the filters have; counted up to 10,000. */
export const historyCountQuery = (filters: HistoryFilters) =>
  queryOptions({
    queryKey: ['history-count', filters],
    queryFn: ({ signal }) => bodyOf(client.GET('/api/v1/analyses/count', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
    staleTime: MINUTE,
  })

/** All results of the filters, as a CSV file. */
export const downloadCsv = (filters: HistoryFilters): Promise<Blob> =>
  bodyOf(client.GET('/api/v1/analyses.csv', { params: { query: filters }, parseAs: 'blob' }))

/** Exchanges a key (none in the open mode) and a name for a token. */
export const signIn = (name: string, apiKey?: string): Promise<{ token: string }> =>
  bodyOf(client.POST('/api/v1/session', { body: apiKey ? { name, api_key: apiKey } : { name } }))
