import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { bodyOf, client } from './client.ts'
import type { ApiKey, AuditFilters, KeyChange, KeySettings } from './types.ts'

/** How many UTC days of usage are shown. */
export const USAGE_DAYS = 30

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: async ({ signal }) => (await bodyOf(client.GET('/api/v1/keys', { signal }))).keys,
})

export const usageQuery = queryOptions({
  queryKey: ['usage'],
  queryFn: ({ signal }) => bodyOf(client.GET('/api/v1/usage', { params: { query: { days: USAGE_DAYS } }, signal })),
  // Two parts of the screen ask for it.
  staleTime: 5000,
})

/** A key with its value, which the service gives this once. */
export type NewKey = ApiKey & { key: string }

export const createKey = (body: KeySettings): Promise<NewKey> => bodyOf(client.POST('/api/v1/keys', { body }))

/** What is not named stays as it is; null takes a limit away. */
export const changeKey = (id: string, body: KeyChange): Promise<ApiKey> =>
  bodyOf(client.PATCH('/api/v1/keys/{id}', { params: { path: { id } }, body }))

/** A new value for a key; the one before is valid for the hours. */
export const rotateKey = (id: string, overlapHours: number): Promise<NewKey> =>
  bodyOf(client.POST('/api/v1/keys/{id}/rotate', { params: { path: { id } }, body: { overlap_hours: overlapHours } }))

export const revokeKey = (id: string): Promise<ApiKey> =>
  bodyOf(client.POST('/api/v1/keys/{id}/revoke', { params: { path: { id } } }))

/** The audit log, the newest first, page after page. */
export const auditLogQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['audit-log', filters],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(client.GET('/api/v1/audit-log', { params: { query: { ...filters, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: keepPreviousData,
  })

export const downloadAuditLog = (filters: AuditFilters): Promise<Blob> =>
  bodyOf(client.GET('/api/v1/audit-log.csv', { params: { query: filters }, parseAs: 'blob' }))
