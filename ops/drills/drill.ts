import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../lib/failures.ts'
import { say, secondsSince } from '../lib/progress.ts'

/** Something that was expected, and what was found. */
export interface Check {
  readonly what: string
  readonly expected: string
  readonly found: string
  readonly ok: boolean
}

/** What a drill has while it runs. */
export interface Stage {
  readonly env: NodeJS.ProcessEnv
  /** A short form, for the everyday tests. */
  readonly small: boolean
  /** Undone when the drill is over, however it ends, the last first. */
  teardown(end: () => unknown): void
  check(what: string, expected: string, found: string | number, ok: boolean): void
}

/** One thing that breaks, on purpose. */
export interface Drill {
  readonly title: string
  /** Written before it was ever run: what must hold. */
  readonly expectation: string
  /** On this machine, with real processes. */
  local(stage: Stage): Promise<void>
  /** In the AWS account, on the environment ENV. */
  account?(stage: Stage): Promise<void>
}

/** Where it ran: what it proves depends on that. */
type Ground = 'real: processes of this machine' | 'real: AWS' | 'simulated: AWS'

export interface DrillReport {
  readonly name: string
  readonly title: string
  readonly expectation: string
  readonly ground: Ground
  readonly environment: string | null
  readonly started: string
  readonly seconds: number
  readonly checks: readonly Check[]
  readonly fault: string | null
  readonly result: 'PASS' | 'FAIL'
}

const groundOf = ({ ENV, AWS_ENDPOINT_URL, HTTPS_PROXY, AWS_ACCESS_KEY_ID }: NodeJS.ProcessEnv): Ground => {
  if (!ENV) return 'real: processes of this machine'
  const simulated = AWS_ENDPOINT_URL || (HTTPS_PROXY && AWS_ACCESS_KEY_ID === 'simulated')
  return simulated ? 'simulated: AWS' : 'real: AWS'
}

/**
 * Runs a drill and gives its report, PASS only where every check held and there was at least one. With ENV it runs in the account, and the
 * environment's name must be given as CONFIRM or typed (the command asks).
 */
export async function runDrill(
  name: string,
  drill: Drill,
  env: NodeJS.ProcessEnv,
  small = false,
): Promise<DrillReport> {
  const checks: Check[] = []
  const ends: (() => unknown)[] = []
  const stage: Stage = {
    env,
    small,
    teardown: (end) => void ends.unshift(end),
    check(what, expected, found, ok) {
      checks.push({ what, expected, found: String(found), ok })
      say(`  ${ok ? 'ok  ' : 'FAIL'} ${what}: ${found} (expected: ${expected})`)
    },
  }
  const started = new Date().toISOString()
  const start = performance.now()
  const ground = groundOf(env)
  say(`${name} (${ground}): ${drill.expectation}`)
  let fault: string | null = null
  try {
    if (!env.ENV) await drill.local(stage)
    else if (drill.account) await drill.account(stage)
    else throw new Failure(`${name} runs on this machine only: leave ENV out.`)
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error) // whatever it is, the report is written
    say(`  FAIL ${fault}`)
  } finally {
    for (const end of ends) await end()
  }
  const passed = fault === null && checks.length > 0 && checks.every(({ ok }) => ok)
  const result = passed ? 'PASS' : 'FAIL'
  const { title, expectation } = drill
  const seconds = secondsSince(start)
  return { name, title, expectation, ground, environment: env.ENV || null, started, seconds, checks, fault, result }
}

/** Writes a report for people and one for programs; returns the first one's path. */
export async function writeReport(report: DrillReport, folder = join('.data', 'drills')): Promise<string> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${report.started.replaceAll(/[:.]/g, '-')}-${report.name}`)
  await writeFile(`${path}.json`, `${JSON.stringify(report, null, 2)}\n`)
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')
  const rows = report.checks.map(
    ({ what, expected, found, ok }) => `| ${cell(what)} | ${cell(expected)} | ${cell(found)} | ${ok ? 'yes' : 'NO'} |`,
  )
  const lines = [
    `# ${report.title}: ${report.result}`,
    '',
    `${report.started}, ${report.seconds} s, ${report.ground}${report.environment ? ` (${report.environment})` : ''}.`,
    '',
    `Expected: ${report.expectation}`,
    ...(report.fault ? ['', `Fault: ${report.fault}`] : []),
    '',
    '| what | expected | found | held |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ]
  await writeFile(`${path}.md`, lines.join('\n'))
  return `${path}.md`
}
