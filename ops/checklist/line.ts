import { AwsError } from '../aws/error.ts'
import { Failure } from '../lib/failures.ts'
import type { Context } from './context.ts'
import type { Part } from './stand-ins.ts'

interface Judged {
  state: 'pass' | 'fail'
  evidence: string
  /** The part that was checked, where that depends on the input; otherwise the line's own. */
  on?: Part
}

/** Outcome of a check. `evidence` is one line: a status, a value, a duration. */
export type Finding =
  | Judged
  /** Not checked: why, and what would make it run. */
  | { state: 'not run'; evidence: string }

/** One check. A `check` that throws fails with the error's message as evidence. */
export interface Line {
  name: string
  /** The part it checks, if that part can be simulated. */
  on?: Part
  check(context: Context): Promise<Finding>
}

/** Related checks under a heading of the guide's checklist. */
export interface Group {
  title: string
  lines: readonly Line[]
}

export interface Result {
  group: string
  name: string
  state: Finding['state']
  /** Only real passes count. */
  tag: 'real' | 'simulated' | 'not run'
  evidence: string
  ms: number
}

export const pass = (evidence: string): Judged => ({ state: 'pass', evidence })
export const fail = (evidence: string): Judged => ({ state: 'fail', evidence })
export const notRun = (evidence: string): Finding => ({ state: 'not run', evidence })
/** Passes without faults; otherwise fails with all of them. */
export const judge = (faults: readonly (string | false)[], evidence: string): Judged => {
  const wrong = faults.filter((fault) => fault !== false)
  return wrong.length === 0 ? pass(evidence) : fail(`${wrong.join('; ')} (${evidence})`)
}

function tagOf(found: Finding, on: Part | undefined, { standIns }: Context): Result['tag'] {
  if (found.state === 'not run') return 'not run'
  const part = found.on ?? on
  return part && standIns.has(part) ? 'simulated' : 'real'
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 300)

/** The error in one line, with the cause of a bare "fetch failed". */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return oneLine(String(error))
  const { cause } = error
  const behind =
    cause instanceof Error ? `: ${cause.message || ('code' in cause ? String(cause.code) : cause.name)}` : ''
  return oneLine(`${error.message}${behind}`)
}

/** Missing set-up or permissions mean that nothing was checked; any other error is a fault of the deployment. */
const isNotRun = (error: unknown): boolean => (error instanceof AwsError ? error.denied : error instanceof Failure)

/** Runs the checks in sequence: some use up limits that others measure. */
export async function runLines(
  groups: readonly Group[],
  context: Context,
  report: (result: Result) => void,
): Promise<Result[]> {
  const results: Result[] = []
  for (const { title, lines } of groups) {
    for (const { name, on, check } of lines) {
      const started = performance.now()
      const found = await check(context).catch(
        (error: unknown): Finding => (isNotRun(error) ? notRun(reasonOf(error)) : fail(reasonOf(error))),
      )
      const tag = tagOf(found, on, context)
      const ms = Math.round(performance.now() - started)
      const result: Result = { group: title, name, state: found.state, tag, evidence: oneLine(found.evidence), ms }
      results.push(result)
      report(result)
    }
  }
  return results
}
