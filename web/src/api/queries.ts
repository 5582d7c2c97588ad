import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { bodyOf, client } from './client.ts'
import { ALSO_OFFLINE, orLastKnown } from './last-known.ts'
import type { Analysis, HistoryFilters } from './types.ts'

/** Lists that change only with a deployment. */
const RARELY_CHANGED = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY }
const PAGE_SIZE = 25

export const infoQuery = queryOptions({
  queryKey: ['info'],
  queryFn: ({ signal }) => orLastKnown('info', bodyOf(client.GET('/api/v1/info', { signal }))),
  ...RARELY_CHANGED,
  ...ALSO_OFFLINE,
})

export const productsQuery = queryOptions({
  queryKey: ['products'],
  queryFn: async ({ signal }) =>
    (await orLastKnown('products', bodyOf(client.GET('/api/v1/products', { signal })))).products,
  ...RARELY_CHANGED,
  ...ALSO_OFFLINE,
})

export const facilitiesQuery = queryOptions({
  queryKey: ['facilities'],
  queryFn: async ({ signal }) =>
    (await orLastKnown('facilities', bodyOf(client.GET('/api/v1/facilities', { signal })))).facilities,
  ...RARELY_CHANGED,
  ...ALSO_OFFLINE,
})

/** One result. Its content never changes; it is read again only to get picture links that have not expired. */
export const analysisQuery = (defectId: string, known?: Analysis) =>
  queryOptions({
    queryKey: ['analysis', defectId],
    queryFn: ({ signal }) =>
      bodyOf(client.GET('/api/v1/analyses/{defect_id}', { params: { path: { defect_id: defectId } }, signal })),
    initialData: known,
    staleTime: 30 * 60_000,
  })

/** One page of the history, newest first. */
export const historyQuery = (filters: HistoryFilters, cursor: string | undefined) =>
  queryOptions({
    queryKey: ['history', filters, cursor ?? null],
    queryFn: ({ signal }) =>
      bodyOf(client.GET('/api/v1/analyses', { params: { query: { ...filters, cursor, limit: PAGE_SIZE } }, signal })),
    placeholderData: keepPreviousData,
  })

/** All results of the filters, as a CSV file. */
export const downloadCsv = (filters: HistoryFilters): Promise<Blob> =>
  bodyOf(client.GET('/api/v1/analyses.csv', { params: { query: filters }, parseAs: 'blob' }))

/** Exchanges a key (none in the open mode) and a name for a token. */
export const signIn = (name: string, apiKey?: string): Promise<{ token: string }> =>
  bodyOf(client.POST('/api/v1/session', { body: apiKey ? { name, api_key: apiKey } : { name } }))
