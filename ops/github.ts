/**
 * Comments and issues written by the workflows: node ops/github.ts comment | issue. SUMMARY is the text; a later run with the same
 * TITLE updates the same comment or issue.
 */
import { readFileSync } from 'node:fs'
import { Failure } from './lib/failures.ts'

interface Env {
  readonly token: string
  readonly repository: string
  readonly api: string
}

function needed(name: string): string {
  const value = process.env[name]
  if (!value) throw new Failure(`${name} is not set: this command is for workflow runs of GitHub.`)
  return value
}

async function call<T>({ token, api, repository }: Env, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${api}/repos/${repository}/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'content-type': 'application/json',
    },
    signal: AbortSignal.timeout(30_000),
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw new Failure(`GitHub answered ${response.status} to ${method} ${path}.`)
  return (await response.json()) as T
}

const text = (title: string, summary: string) => `### ${title}\n\n\`\`\`\n${summary.replaceAll('```', "'''")}\n\`\`\`\n`

/** Creates or updates the comment on the pull request of this run. */
async function comment(env: Env, title: string, summary: string): Promise<void> {
  const event = JSON.parse(readFileSync(needed('GITHUB_EVENT_PATH'), 'utf8')) as { pull_request?: { number: number } }
  const number = event.pull_request?.number
  if (number === undefined) throw new Failure('This run is not of a pull request.')
  const body = text(title, summary)
  const said = await call<{ id: number; body: string }[]>(env, 'GET', `issues/${number}/comments?per_page=100`)
  const mine = said.find((one) => one.body.startsWith(`### ${title}\n`))
  if (mine) await call(env, 'PATCH', `issues/comments/${mine.id}`, { body })
  else await call(env, 'POST', `issues/${number}/comments`, { body })
}

/** Opens an issue, or comments on the open one of the same title. */
async function issue(env: Env, title: string, summary: string): Promise<void> {
  const open = await call<{ number: number; title: string }[]>(env, 'GET', 'issues?state=open&per_page=100')
  const mine = open.find((one) => one.title === title)
  const body = text(title, summary)
  if (mine) await call(env, 'POST', `issues/${mine.number}/comments`, { body })
  else await call(env, 'POST', 'issues', { title, body })
}

const commands: Readonly<Record<string, typeof comment>> = { comment, issue }

try {
  const command = commands[process.argv[2] ?? '']
  if (!command) throw new Failure(`Usage: node ops/github.ts ${Object.keys(commands).join(' | ')}`)
  const env = {
    token: needed('GITHUB_TOKEN'),
    repository: needed('GITHUB_REPOSITORY'),
    api: process.env.GITHUB_API_URL ?? 'https://api.github.com',
  }
  await command(env, needed('TITLE'), process.env.SUMMARY || 'No summary: see the log of the run.')
} catch (error) {
  if (!(error instanceof Failure)) throw error
  console.error(error.message)
  process.exitCode = 1
}
