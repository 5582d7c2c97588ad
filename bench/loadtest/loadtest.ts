/**
 * `make loadtest URL=http://127.0.0.1:5001 SCENARIO=smoke` runs a scenario of bench/loadtest/scenarios against a service.
 *
 * Variables: URL, SCENARIO (default smoke), DURATION (total seconds, overrides the scenario), ALLOW_HOST (required for any host but
 * this machine), CHECKLIST_API_KEY. Option: --json FILE. Exit code: 0 if errors stay within the scenario's limit (429 and 503 are
 * not errors), 1 if not, 2 for wrong usage. Every upload adds a row and a picture to the service.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { reasonOf } from '../../ops/checklist/line.ts'
import { allowedTarget } from '../../ops/lib/allowed-target.ts'
import { ask } from '../../ops/lib/ask.ts'
import { Failure } from '../../ops/lib/failures.ts'
import { formatTable, reportOf, verdictOf } from './report.ts'
import { runScenario } from './run.ts'
import { readScenario } from './scenario.ts'

const say = (text: string): void => void process.stderr.write(`${text}\n`)

function secondsOf(text: string): number | null {
  if (text === '') return null
  const seconds = Number(text)
  if (!(seconds >= 1 && seconds <= 86_400)) throw new Failure('DURATION must be a number of seconds from 1 to 86400')
  return seconds
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { json: { type: 'string' } } })
  const { SCENARIO = '', DURATION = '', CHECKLIST_API_KEY = '' } = process.env
  const origin = allowedTarget(process.env)
  const name = SCENARIO.trim() || 'smoke'
  const scenario = readScenario(name, secondsOf(DURATION.trim()))
  // An unreachable service fails here with one readable line instead of a table of errors.
  await ask(new URL('/health', origin))
  const seconds = scenario.phases.reduce((sum, phase) => sum + phase.seconds, 0)
  say(`${name} on ${origin} for ${seconds.toFixed(0)} s: ${scenario.about}`)
  const key = CHECKLIST_API_KEY.trim()
  const rows = (await runScenario(origin, key ? { 'x-api-key': key } : {}, scenario, say)).map(reportOf)
  const verdict = verdictOf(rows, scenario)
  process.stdout.write(`${formatTable(rows, scenario)}\n\n`)
  for (const { phase, route, statuses, errors } of rows) {
    if (errors > 0)
      process.stdout.write(`${phase}, ${route}: ${errors} errors; answers by status: ${JSON.stringify(statuses)}\n`)
  }
  for (const { phase, route } of rows.filter((row) => row.requests === 0)) {
    process.stdout.write(`${phase}, ${route}: no answer during the phase\n`)
  }
  const { requests, errors, refusals, errorPercent, ok } = verdict
  const allowed = scenario.thresholds.errorPercent
  process.stdout.write(
    `${ok ? 'ok' : 'FAILED'}: ${errors} errors of ${requests} requests (${errorPercent.toFixed(2)} %, allowed ${allowed} %), ${refusals} refused\n`,
  )
  if (values.json)
    writeFileSync(values.json, `${JSON.stringify({ origin, scenario: name, seconds, ...verdict, rows }, null, 2)}\n`)
  return ok
}

try {
  process.exitCode = (await main()) ? 0 : 1
} catch (error) {
  say(reasonOf(error))
  process.exitCode = 2
}
