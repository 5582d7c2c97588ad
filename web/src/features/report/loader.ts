import { prefetch, prefetchLoader } from '../../api/prefetch.ts'
import { queries } from '../../api/query-client.ts'
import { shiftsQuery } from '../../api/shifts.ts'
import { shiftReportQuery } from '../../api/statistics.ts'
import { facilityOf, readRange, toQuery } from './range.ts'
import { useReportTexts } from './texts.ts'

export const reportLoader = prefetchLoader(async ({ params }) => {
  const all = await queries.fetchQuery(shiftsQuery)
  const shifts = all.find(({ facility }) => facility === facilityOf(params))
  if (shifts) void prefetch(shiftReportQuery(toQuery(readRange(params, shifts))))
}, useReportTexts)
