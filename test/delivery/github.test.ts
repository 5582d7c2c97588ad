/** What workflow runs hand on: a plan's digest, outputs, comments and issues at a stand-in for GitHub. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { promisify } from 'node:util'
import t from 'tap'
import { digestOf } from '../../ops/infra/summary.ts'
import { report } from '../../ops/lib/report.ts'

const run = promisify(execFile)
const script = join(import.meta.dirname, '../../ops/github.ts')

t.test('a digest stands for what would be done, down to the values', async (t) => {
  const plan = (after: object, more: object[] = []) =>
    ({
      resource_changes: [
        { address: 'a.b', mode: 'managed', change: { actions: ['update'], before: { x: 1, y: 2 }, after } },
        ...more,
      ],
    }) as Parameters<typeof digestOf>[0]
  const digest = digestOf(plan({ x: 'secret', y: 2 }))
  t.match(digest, /^[0-9a-f]{64}$/)
  const untouched = {
    address: 'c.d',
    mode: 'managed',
    change: { actions: ['no-op'], before: { n: 1 }, after: { n: 1 } },
  }
  t.equal(digestOf(plan({ x: 'secret', y: 2 }, [untouched])), digest, 'what is not touched may differ')
  t.not(digestOf(plan({ x: 'other', y: 2 })), digest)
  t.not(digestOf(plan({ x: 'secret', y: 2 }, [{ ...untouched, change: { actions: ['delete'], before: {} } }])), digest)
})

t.test('outputs cannot be forged by a value of several lines', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'wiko-github-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const [outputs, page] = [join(folder, 'outputs'), join(folder, 'page')]
  await report({ summary: 'one\nEOF\nevil=1', digest: 'abc' }, { GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: page })
  t.match(
    await readFile(outputs, 'utf8'),
    /^summary<<([0-9a-f-]{36})\none\nEOF\nevil=1\n\1\ndigest<<([0-9a-f-]{36})\nabc\n\2\n$/,
  )
  t.equal(await readFile(page, 'utf8'), '```\none\nEOF\nevil=1\n```\n')
  await report({ summary: 'elsewhere' }, {})
})

t.test('a second run writes into the comment and the issue of the first', async (t) => {
  const calls: string[] = []
  const stored: { id: number; number: number; title: string; body: string }[] = []
  const server = createServer(async (request, response) => {
    calls.push(`${request.method} ${request.url?.split('?')[0]}`)
    t.equal(request.headers.authorization, 'Bearer token-of-the-test')
    if (request.method !== 'GET') {
      const { title = '', body = '' } = (await json(request)) as { title?: string; body?: string }
      if (request.method === 'POST') stored.push({ id: 7, number: 3, title, body })
    }
    response.end(JSON.stringify(request.method === 'GET' ? stored : {}))
  }).listen(0, '127.0.0.1')
  t.teardown(() => server.close())
  await once(server, 'listening')
  const folder = await mkdtemp(join(tmpdir(), 'wiko-github-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const event = join(folder, 'event.json')
  await writeFile(event, JSON.stringify({ pull_request: { number: 5 } }))
  const env = {
    ...process.env,
    GITHUB_TOKEN: 'token-of-the-test',
    GITHUB_REPOSITORY: 'wiko/analyzer',
    GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    GITHUB_EVENT_PATH: event,
    TITLE: 'Plan of prod',
    SUMMARY: 'nothing ``` to do',
  }
  for (const command of ['comment', 'comment', 'issue', 'issue'])
    await run(process.execPath, [script, command], { env })
  t.equal(stored[0]?.body, "### Plan of prod\n\n```\nnothing ''' to do\n```\n")
  t.strictSame(calls, [
    ...['GET /repos/wiko/analyzer/issues/5/comments', 'POST /repos/wiko/analyzer/issues/5/comments'],
    ...['GET /repos/wiko/analyzer/issues/5/comments', 'PATCH /repos/wiko/analyzer/issues/comments/7'],
    ...['GET /repos/wiko/analyzer/issues', 'POST /repos/wiko/analyzer/issues'],
    ...['GET /repos/wiko/analyzer/issues', 'POST /repos/wiko/analyzer/issues/3/comments'],
  ])
  const { GITHUB_TOKEN: _, ...without } = env
  await t.rejects(run(process.execPath, [script, 'issue'], { env: without }), {
    code: 1,
    stderr: /^GITHUB_TOKEN is not set/,
  })
})
