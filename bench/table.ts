import type { CpuUse } from './machine.ts'
import type { Checks, LoadResult, OwnTimeResult } from './scenarios.ts'

interface Results {
  load: LoadResult
  /** CPU use during the load; null if the system does not report it. */
  cpu: CpuUse | null
  oneMegapixel: OwnTimeResult
  twelveMegapixels: OwnTimeResult
  /** Peak memory of the service in MB; null if the system does not report it. */
  peakMemoryMb: number | null
}

export interface Row {
  what: string
  target: string
  measured: string
  /** Null: depends on the machine, so it is not judged. */
  ok: boolean | null
}

const TARGET_RATIO = 0.85

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`
const ms = (value: number): string => `${value.toFixed(0)} ms`

function judgeChecks(all: Checks[]): Row[] {
  const total = (of: (checks: Checks) => number) => all.reduce((sum, checks) => sum + of(checks), 0)
  const requests = total((checks) => checks.requests)
  const errors = total((checks) => Object.values(checks.errors).reduce((sum, count) => sum + count, 0))
  const duplicates = total((checks) => checks.duplicates)
  const implied = total((checks) => checks.impliedCalls)
  const calls = total((checks) => checks.modelCalls)
  return [
    { what: 'Errors', target: '0', measured: `${errors} of ${requests} requests`, ok: errors === 0 },
    {
      what: 'Duplicates reported (every picture is new)',
      target: '0',
      measured: String(duplicates),
      ok: duplicates === 0,
    },
    {
      what: 'Model calls (1 for a good part, 2 for a defect)',
      target: `${implied}, as the verdicts imply`,
      measured: String(calls),
      ok: calls === implied,
    },
  ]
}

/** Other programs slow the service down. A share above a few percent explains a bad result. */
const cpuRow = ({ serviceSeconds, busy, others }: CpuUse, { requests }: LoadResult): Row => ({
  what: "The service's CPU time under that load",
  target: 'other programs near 0 %',
  measured: `${ms((serviceSeconds / requests) * 1000)} per photo; machine ${percent(busy)} busy, ${percent(others)} by other programs`,
  ok: null,
})

/** Rows of the printed table, which also determine the exit code. */
export function rowsOf({ load, cpu, oneMegapixel, twelveMegapixels, peakMemoryMb }: Results): Row[] {
  const ratio = load.throughput / load.possible
  const own = (what: string, target: number, result: OwnTimeResult): Row => ({
    what: `Own time, ${what}, one client`,
    target: `p50 under ${target} ms`,
    measured: `p50 ${ms(result.p50Ms)}, p95 ${ms(result.p95Ms)} (inside: ${ms(result.insideP50Ms)}, ${ms(result.insideP95Ms)})`,
    ok: null,
  })
  return [
    {
      what: `Throughput relative to the model's limit, ${load.clients} clients, 1 megapixel`,
      target: `at least ${TARGET_RATIO * 100} %`,
      measured: `${(ratio * 100).toFixed(1)} % (${load.throughput.toFixed(1)} of ${load.possible.toFixed(1)} per second)`,
      ok: ratio >= TARGET_RATIO,
    },
    {
      what: 'Latency under that load',
      target: `${load.meanCalls.toFixed(2)} calls per photo`,
      measured: `p50 ${ms(load.p50Ms)}, p95 ${ms(load.p95Ms)}`,
      ok: null,
    },
    ...(cpu ? [cpuRow(cpu, load)] : []),
    ...judgeChecks([load, oneMegapixel, twelveMegapixels]),
    own('1 megapixel', 60, oneMegapixel),
    own('12 megapixels', 250, twelveMegapixels),
    {
      what: "The service's peak memory",
      target: 'under 600 MB',
      measured: peakMemoryMb === null ? 'unknown on this system' : `${peakMemoryMb.toFixed(0)} MB`,
      ok: null,
    },
  ]
}

/** A Markdown table, for the documentation. */
export function formatTable(rows: Row[]): string {
  const verdict = ({ ok }: Row) => (ok === null ? 'not judged' : ok ? 'ok' : 'FAILED')
  const cells = [
    ['What', 'Target', 'Measured', ''],
    ...rows.map((row) => [row.what, row.target, row.measured, verdict(row)]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const lines = cells.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`)
  return lines.join('\n')
}
