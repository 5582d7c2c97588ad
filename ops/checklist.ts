/**
 * `make checklist URL=https://...`: the guide's post-deployment checklist as a program; see docs/infrastructure/README.md.
 *
 * Variables: URL (the page), API_URL (where the API has an address of its own), ENV (prod or staging: its AWS resources, and its
 * addresses where URL is not set), CHECKLIST_API_KEY (otherwise prompted for on a terminal), DATABASE_URL, IMAGES_BUCKET, LOG_FILE,
 * DISTRIBUTION, RESTORE_TEST; STAND_INS (account, edge, model: parts that are simulated). Options: --json, --strict (checks that
 * were not run fail). Exit code: 0 no failure, 1 failures, 2 wrong usage.
 */
import { parseArgs } from 'node:util'
import { access } from './checklist/access.ts'
import { account as accountLines } from './checklist/account.ts'
import { analysis } from './checklist/analysis.ts'
import { openAccount } from './checklist/aws.ts'
import { type Context, contextOf } from './checklist/context.ts'
import { headers } from './checklist/headers.ts'
import { health } from './checklist/health.ts'
import { limits } from './checklist/limits.ts'
import { type Group, type Result, reasonOf, runLines } from './checklist/line.ts'
import { logs } from './checklist/logs.ts'
import { outputsOf } from './checklist/outputs.ts'
import { page } from './checklist/page.ts'
import { standInsOf } from './checklist/stand-ins.ts'
import { stores } from './checklist/stores.ts'
import { tls } from './checklist/tls.ts'
import { ask } from './lib/ask.ts'
import { Failure } from './lib/failures.ts'
import { readHidden } from './lib/hidden-input.ts'

/** The order matters: logs are read after the service was exercised, and limits come last because they exhaust this address's rate limit. */
const GROUPS: readonly Group[] = [page, health, tls, headers, access, analysis, stores, accountLines, logs, limits]

const say = (text: string): void => void process.stderr.write(`${text}\n`)

function originOf(name: string, text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new Failure(`${name} must be an address such as https://defect-analyzer.wiko.com`)
  }
  return new URL(text).origin
}

async function addresses(env: NodeJS.ProcessEnv): Promise<Pick<Context, 'page' | 'api'>> {
  const { URL: given = '', API_URL: api = '' } = env
  if (given !== '') return { page: originOf('URL', given), api: originOf('API_URL', api || given) }
  if (!env.ENV)
    throw new Failure('Say what to check: make checklist URL=https://... (or ENV=prod, with AWS credentials)')
  const outputs = await outputsOf(env)
  return { page: originOf('page', String(outputs.page)), api: originOf('api', String(outputs.api)) }
}

async function keyFor(env: NodeJS.ProcessEnv, api: string): Promise<string | null> {
  const given = env.CHECKLIST_API_KEY?.trim()
  if (given) return given
  const info = await ask(new URL('/api/v1/info', api)).catch(() => null)
  const isOpen = info?.json<{ sign_in_required: boolean }>().sign_in_required === false
  if (isOpen || !process.stdin.isTTY) return null
  return (await readHidden(process.stdin, 'API key (not shown; empty for none): ')).trim() || null
}

const line = ({ state, tag, name, evidence, ms }: Result): string =>
  `  ${(state === 'not run' ? 'not run' : `${state} ${tag}`).padEnd(15)} ${name}: ${evidence}${state === 'not run' ? '' : ` [${ms} ms]`}`

function summary(results: readonly Result[], strict: boolean) {
  const count = (state: Result['state'], tag?: Result['tag']) =>
    results.filter((result) => result.state === state && (tag === undefined || result.tag === tag)).length
  const [failed, left] = [count('fail'), count('not run')]
  const ok = failed === 0 && (!strict || left + count('pass', 'simulated') === 0)
  return { passed: count('pass', 'real'), simulated: count('pass', 'simulated'), failed, not_run: left, ok }
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, strict: { type: 'boolean', default: false } },
  })
  const { env } = process
  const { page: pageOrigin, api } = await addresses(env)
  const environment = env.ENV?.trim() || null
  let account: ReturnType<typeof openAccount> | undefined
  const context: Context = contextOf(pageOrigin, {
    api,
    key: await keyFor(env, api),
    env,
    environment,
    standIns: standInsOf(env),
    account: () => {
      account ??= openAccount(environment)
      return account
    },
    say: (text) => say(`                  ${text}`),
  })
  let group = ''
  const results = await runLines(GROUPS, context, (result) => {
    if (result.group !== group) say(result.group)
    group = result.group
    say(line(result))
  })
  const sums = summary(results, values.strict)
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ page: pageOrigin, api, environment, ...sums, lines: results }, null, 2)}\n`,
    )
  const notRun = results.filter(({ state }) => state === 'not run')
  if (notRun.length > 0)
    say(`\nNOT RUN, so not passed:\n${notRun.map(({ name, evidence }) => `  - ${name}: ${evidence}`).join('\n')}`)
  say(
    `\n${sums.passed} passed, ${sums.failed} failed, ${sums.simulated} passed on a stand-in only, ${sums.not_run} not run`,
  )
  return sums.ok
}

try {
  process.exitCode = (await main()) ? 0 : 1
} catch (error) {
  if (
    !(error instanceof Failure) &&
    !(error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
  )
    throw error
  say(reasonOf(error))
  process.exitCode = 2
}
