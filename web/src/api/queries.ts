import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { bodyOf, client } from './client.ts'
import { ALSO_OFFLINE, orLastKnown } from './last-known.ts'
import { ownName } from './own-name.ts'
import { NOBODY, type Session, session } from './session.ts'
import type { Analysis, HistoryFilters, Language, Translation } from './types.ts'

/** Lists that change only with a deployment. */
const RARELY_CHANGED = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY }
/** Results of one page of the history. */
export const HISTORY_PAGE = 50
const MINUTE = 60_000

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

/** One result. What the model said never changes; what people say of it does. */
export const analysisQuery = (defectId: string, known?: Analysis) =>
  queryOptions({
    queryKey: ['analysis', defectId],
    queryFn: ({ signal }) =>
      bodyOf(client.GET('/api/v1/analyses/{defect_id}', { params: { path: { defect_id: defectId } }, signal })),
    initialData: known,
    staleTime: MINUTE,
  })

/** What there is of a result's texts in other languages. */
export const translationsQuery = (defectId: string) =>
  queryOptions({
    queryKey: ['translations', defectId],
    queryFn: async ({ signal }) => {
      const path = { defect_id: defectId }
      return (await bodyOf(client.GET('/api/v1/analyses/{defect_id}/translations', { params: { path }, signal })))
        .translations
    },
    staleTime: 30 * 60_000,
  })

/** Asks for a result's texts in another language; the model makes them where nobody has asked before. */
export const requestTranslation = async (defectId: string, language: Language): Promise<Translation> => {
  const params = { path: { defect_id: defectId } }
  return (await bodyOf(client.POST('/api/v1/analyses/{defect_id}/translations', { params, body: { language } })))
    .translation
}

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

/** The results that come next after what is older than `from`, the oldest first, and whether there are newer ones still. */
export async function nextNewer(
  filters: HistoryFilters,
  from: string,
): Promise<{ analyses: Analysis[]; more: boolean }> {
  const start = filters.from && filters.from > from ? filters.from : from
  const query = { ...filters, from: start, order: 'oldest' as const, limit: HISTORY_PAGE }
  const { analyses, next_cursor } = await bodyOf(client.GET('/api/v1/analyses', { params: { query } }))
  return { analyses, more: next_cursor !== null }
}

/** How many results the filters have; counted up to 10,000. */
export const historyCountQuery = (filters: HistoryFilters) =>
  queryOptions({
    queryKey: ['history-count', filters],
    queryFn: ({ signal }) => bodyOf(client.GET('/api/v1/analyses/count', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
    staleTime: MINUTE,
  })

/** Begins a session without a key: it has the higher limit of a key, which plain calls have not. */
export const openSessionQuery = queryOptions({
  queryKey: ['open-session'],
  gcTime: 0,
  queryFn: async () => {
    const begun = await signIn(ownName.get() ?? NOBODY)
    session.start(begun)
    return begun
  },
})

/** All results of the filters, as a CSV file. */
export const downloadCsv = (filters: HistoryFilters): Promise<Blob> =>
  bodyOf(client.GET('/api/v1/analyses.csv', { params: { query: filters }, parseAs: 'blob' }))

/** Exchanges a key (none in the open mode) and a name for a session. */
export async function signIn(name: string, apiKey?: string): Promise<Session> {
  const body = apiKey ? { name, api_key: apiKey } : { name }
  const { token, expires_in, scopes } = await bodyOf(client.POST('/api/v1/session', { body }))
  return { token, name, endsAt: Date.now() + expires_in * 1000, scopes, open: !apiKey }
}
