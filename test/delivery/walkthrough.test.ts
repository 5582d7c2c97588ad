/** The walk-through's reading of docs/delivery.md, and its stand-in of CloudFront's behaviours; the whole of it is `make walkthrough`. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import t from 'tap'
import { tunnelTo } from '../../ops/checklist/tunnel.ts'
import { listening } from '../checklist/support.ts'
import { makeTargets, read, root } from '../docs/markdown.ts'
import { PAGE, SECTION, stepsIn } from '../walkthrough/blocks.ts'
import { startGateway } from '../walkthrough/gateway.ts'

const run = promisify(execFile)

/** The answer's head to a request as fetch sends it through a proxy: by a tunnel, plain http too. */
async function fetchThrough(proxy: string, url: string): Promise<string> {
  const { host, pathname } = new URL(url)
  const asked = request(proxy, { method: 'CONNECT', path: `${host}:80` }).end()
  const [, socket] = (await once(asked, 'connect')) as [unknown, Socket]
  socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  return text(socket)
}

t.test('every command of the section can be run: a make target that exists, or git', async (t) => {
  const steps = stepsIn(read(PAGE))
  const commands = steps.flatMap((step) => step.commands)
  t.ok(steps.length >= 8 && commands.length >= 12, `${commands.length} commands in ${steps.length} steps`)
  for (const command of commands) {
    await run('sh', ['-n', '-c', command], { cwd: root })
    const [program, target = ''] = command.split(' ')
    if (program === 'git') continue
    t.equal(program, 'make', command)
    t.ok(makeTargets.has(target), command)
  }
  // What a first deployment cannot do without, in this order.
  const order = [
    'install',
    'apply ENV=account',
    'publish',
    'apply ENV=staging',
    'web-deploy',
    'checklist',
    'deploy',
    'rollback',
  ]
  const at = order.map((what) => commands.findIndex((command) => command.startsWith(`make ${what}`)))
  t.ok(
    at.every((index) => index >= 0),
    `all are there: ${at}`,
  )
  t.strictSame(
    at,
    at.toSorted((a, b) => a - b),
  )
})

t.test('what is read is what stands there', async (t) => {
  const page = `# A\n\n    make not-this\n\n## ${SECTION}\n\nText.\n\n**1. One.** Text of\n\n    make a ENV=b   # why\n    make c \\\n      D=e\n\n**2. Two**, text.\n\n    git pull\n\n## Next\n\n    make not-that\n`
  t.strictSame(stepsIn(page), [
    { title: '1. One', commands: ['make a ENV=b', 'make c D=e'] },
    { title: '2. Two', commands: ['git pull'] },
  ])
  t.throws(() => stepsIn('# nothing'), { message: /has no section/ })
  t.throws(() => stepsIn(`\n## ${SECTION}\n\n**1. Empty.** No command.\n`), { message: /1\. Empty has no command/ })
})

t.test('names lead to where they belong: distributions to the edge, AWS to the account, the rest out', async (t) => {
  const seen: string[] = []
  const account = createServer(({ headers, url }, response) => {
    seen.push(`${headers.host} ${url}`)
    response.end('account')
  })
  account.on('connect', ({ url }, socket) => {
    seen.push(`CONNECT ${url}`)
    socket.end('HTTP/1.1 403 Seen\r\n\r\n')
  })
  const port = Number(new URL(await listening(t, account)).port)
  const edge = createServer().listen(0, '127.0.0.1')
  t.teardown(() => edge.close())
  await once(edge, 'listening')
  const gateway = await startGateway({ account: port, edge: () => (edge.address() as AddressInfo).port })
  t.teardown(() => gateway.close())

  const authorization = 'AWS4-HMAC-SHA256 Credential=a/20261123/us-east-1/s3/aws4_request, Signature=b'
  t.equal(await (await fetch(`${gateway.url}/bucket/key`, { headers: { authorization } })).text(), 'account')
  t.strictSame(seen, ['s3.us-east-1.amazonaws.com http://s3.us-east-1.amazonaws.com/bucket/key'])
  t.equal((await fetch(`${gateway.url}/bucket/key`)).status, 400)

  const env = { HTTPS_PROXY: gateway.url, NODE_USE_ENV_PROXY: '1' }
  await t.rejects(tunnelTo('https://ecs.us-east-1.amazonaws.com', env), { message: /answers 403/ })
  t.equal(seen.at(-1), 'CONNECT ecs.us-east-1.amazonaws.com:443')
  const plain = fetchThrough(gateway.url, 'http://d123.cloudfront.net/history')
  t.match(await plain, /301 Moved.*location: https:\/\/d123\.cloudfront\.net\/history/is)
  const accepted = once(edge, 'connection')
  const tunnel = await tunnelTo('https://d123.cloudfront.net', env)
  await accepted
  tunnel?.destroy()
  t.equal(
    await tunnelTo('https://d123.cloudfront.net', { HTTPS_PROXY: gateway.url }),
    undefined,
    'only where asked for',
  )
})
