import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { bodyOf, client } from './client.ts'
import type { BaselineChange, Facility, StatisticsFilters, StoredReportFilters, UnitsChange } from './types.ts'

/** How often figures that are looked at are asked for anew. */
const REFRESH_MS = 60_000

/** All figures of the dashboard. They are asked for anew while the page is in view and has a network. */
export const statisticsQuery = (filters: StatisticsFilters) =>
  queryOptions({
    queryKey: ['statistics', filters],
    queryFn: ({ signal }) => bodyOf(client.GET('/api/v1/statistics', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })

/** Freezes the centre line of the p chart, or (range null) removes it. */
export const sendBaseline = (body: BaselineChange) => bodyOf(client.PUT('/api/v1/chart-baselines', { body }))

/** Lines and shifts that photos were told of. */
export const choicesQuery = (facility: Facility | undefined) =>
  queryOptions({
    queryKey: ['statistics-choices', facility ?? null],
    queryFn: ({ signal }) =>
      bodyOf(client.GET('/api/v1/statistics/choices', { params: { query: { facility } }, signal })),
    staleTime: 10 * 60_000,
    placeholderData: keepPreviousData,
  })

const SHOWN_UNITS = 100

/** Inspected units as people entered them, the newest days first. */
export const unitsQuery = (facility: Facility | undefined) =>
  queryOptions({
    queryKey: ['inspected-units', facility ?? null],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          client.GET('/api/v1/inspected-units', { params: { query: { facility, limit: SHOWN_UNITS } }, signal }),
        )
      ).inspected_units,
  })

/** Enters, replaces or (units null) removes a number. */
export const sendUnits = (body: UnitsChange) => bodyOf(client.PUT('/api/v1/inspected-units', { body }))

/** The shift report of stored results. */
export const shiftReportQuery = (filters: StoredReportFilters) =>
  queryOptions({
    queryKey: ['shift-report', filters],
    queryFn: ({ signal }) => bodyOf(client.POST('/api/v1/shift-report', { body: filters, signal })),
    placeholderData: keepPreviousData,
  })

export const downloadReport = (filters: StoredReportFilters): Promise<Blob> =>
  bodyOf(client.GET('/api/v1/shift-report.csv', { params: { query: filters }, parseAs: 'blob' }))
