import { percentile } from '../statistics.ts'
import { isRefusal, type Tally } from './run.ts'
import type { Scenario } from './scenario.ts'

/** One line of the table. */
export interface RouteReport {
  phase: string
  route: string
  requests: number
  /** Answers other than 2xx, 3xx and refusals, and requests without an answer. */
  errors: number
  /** 429 and 503: the service is overloaded or the caller is over its limit. */
  refusals: number
  statuses: Record<string, number>
  /** Latency of all answers but refusals; null if there were none. */
  p50Ms: number | null
  p95Ms: number | null
  p99Ms: number | null
  /** Successful answers per second. */
  perSecond: number
}

export function reportOf({ phase, route, seconds, statuses, broken, latencies }: Tally): RouteReport {
  const count = (wanted: (status: number) => boolean) =>
    Object.entries(statuses).reduce((sum, [status, times]) => sum + (wanted(Number(status)) ? times : 0), 0)
  const good = count((status) => status >= 200 && status < 400)
  const refusals = count(isRefusal)
  const answers = count(() => true)
  const at = (share: number) => (latencies.length === 0 ? null : Math.round(percentile(latencies, share) * 10) / 10)
  return {
    phase,
    route,
    requests: answers + broken,
    errors: answers - good - refusals + broken,
    refusals,
    statuses,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    perSecond: Math.round((good / seconds) * 10) / 10,
  }
}

/** Fails if there were more errors than the scenario allows, or if a route never answered. Latency is not judged. */
export function verdictOf(rows: readonly RouteReport[], { thresholds }: Scenario) {
  const sum = (of: (row: RouteReport) => number) => rows.reduce((total, row) => total + of(row), 0)
  const [requests, errors, refusals] = [
    sum((row) => row.requests),
    sum((row) => row.errors),
    sum((row) => row.refusals),
  ]
  const silent = [...new Set(rows.map(({ route }) => route))].filter((name) =>
    rows.every(({ route, requests: answered }) => route !== name || answered === 0),
  )
  const errorPercent = requests === 0 ? 100 : (100 * errors) / requests
  const ok = silent.length === 0 && errorPercent <= thresholds.errorPercent
  return { requests, errors, refusals, errorPercent, silent, ok }
}

/** A Markdown table. A p95 above its target is marked. */
export function formatTable(rows: readonly RouteReport[], { thresholds }: Scenario): string {
  const ms = (value: number | null) => (value === null ? '-' : value.toFixed(0))
  const p95 = ({ route, p95Ms }: RouteReport) => {
    const target = thresholds.p95Ms[route]
    return `${ms(p95Ms)}${target !== undefined && p95Ms !== null && p95Ms > target ? ` (target ${target})` : ''}`
  }
  const cells = [
    ['phase', 'route', 'requests', 'errors', 'refused', 'p50 ms', 'p95 ms', 'p99 ms', 'good/s'],
    ...rows.map((row) => [
      row.phase,
      row.route,
      String(row.requests),
      String(row.errors),
      String(row.refusals),
      ms(row.p50Ms),
      p95(row),
      ms(row.p99Ms),
      row.perSecond.toFixed(1),
    ]),
  ]
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const lines = cells.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`)
  return lines.join('\n')
}
