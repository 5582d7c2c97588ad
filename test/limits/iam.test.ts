import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { setDefaultCACertificates } from 'node:tls'
import { Redis } from 'ioredis'
import t from 'tap'
import { elasticacheToken } from '../../api/platform/limits/iam-token.ts'
import { openRedis } from '../../api/platform/limits/redis.ts'
import { startRedis } from '../../fixtures/redis.ts'

const USER = 'wiko-redis-prod-api'

function log() {
  const lines: string[] = []
  return {
    lines,
    info: (message: string) => void lines.push(message),
    warn: (detail: object, message: string) => void lines.push(`${message} ${JSON.stringify(detail)}`),
  }
}

async function until(done: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let i = 0; i < 2400; i++) {
    if (await done()) return true
    await sleep(25)
  }
  return false
}

t.test('A token is a presigned connect request for the group and the user', async (t) => {
  let asked = 0
  const token = elasticacheToken({
    replicationGroup: 'Wiko-Redis-Prod',
    user: USER,
    region: 'ap-east-1',
    credentials: async () => ({ accessKeyId: `KEY${++asked}`, secretAccessKey: 'secret', sessionToken: 'a+b/c==' }),
  })
  const made = await token()
  t.notMatch(made, /^https?:/, 'without the scheme')
  const url = new URL(`http://${made}`)
  t.equal(url.hostname, 'wiko-redis-prod')
  t.equal(url.pathname, '/')
  const query = Object.fromEntries(url.searchParams)
  t.match(query, {
    Action: 'connect',
    User: USER,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': /^KEY1\/\d{8}\/ap-east-1\/elasticache\/aws4_request$/,
    'X-Amz-Expires': '900',
    'X-Amz-Security-Token': 'a+b/c==',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': /^[0-9a-f]{64}$/,
  })
  t.notMatch(made, 'secret')
  await sleep(1_000)
  t.not(await token(), made, 'each is made anew')
})

/** A real server with a user whose password is the token that was given last. */
async function startWithTokens() {
  const redis = await startRedis()
  const admin = new Redis(redis.url)
  const given: string[] = []
  const password = async (): Promise<string> => {
    given.push(`token-${given.length + 1}`)
    await admin.call('ACL', 'SETUSER', USER, 'resetpass', 'on', `>${given.at(-1)}`, '~*', '+@all')
    return given.at(-1) as string
  }
  const stop = async (): Promise<void> => {
    admin.disconnect()
    await redis.stop()
  }
  return { url: redis.url.replace('//', `//${USER}@`), admin, given, password, stop }
}

t.test('Every connect and reconnect requests a new token, even after a rejected one (R6)', async (t) => {
  const server = await startWithTokens()
  t.teardown(() => server.stop())
  let bad = false
  const { lines, ...to } = log()
  const redis = openRedis({
    url: server.url,
    log: to,
    password: async () => {
      const good = await server.password()
      return bad ? 'expired-token' : good
    },
  })
  t.teardown(() => redis.close())
  await redis.settled
  const whoAmI = () => redis.ask((client) => client.call('ACL', 'WHOAMI'))
  t.equal(await whoAmI(), USER)
  t.strictSame(server.given, ['token-1'])
  await server.admin.call('CLIENT', 'KILL', 'USER', USER)
  t.ok(await until(async () => (await whoAmI()) === USER))
  t.strictSame(server.given, ['token-1', 'token-2'])
  bad = true
  await server.admin.call('CLIENT', 'KILL', 'USER', USER)
  t.ok(await until(() => server.given.length >= 4), 'goes on trying')
  t.equal(await whoAmI(), null)
  bad = false
  t.ok(await until(async () => (await whoAmI()) === USER))
  t.notMatch(lines.join('\n'), /token/, 'no token in the log')
})

t.test('Without credentials, limits stay local and requests for a token continue', async (t) => {
  const server = await startWithTokens()
  t.teardown(() => server.stop())
  let failures = 0
  const { lines, ...to } = log()
  const redis = openRedis({
    url: server.url,
    log: to,
    password: async () => {
      if (++failures < 3) throw new Error('Could not load credentials from any providers')
      return server.password()
    },
  })
  t.teardown(() => redis.close())
  await redis.settled
  t.equal(await redis.ask((client) => client.ping()), null)
  t.ok(await until(async () => (await redis.ask((client) => client.ping())) === 'PONG'))
  t.match(lines, [/Could not load credentials/, /available again/])
})

t.test('A connection renews its sign-in before ElastiCache would close it', async (t) => {
  const server = await startWithTokens()
  t.teardown(() => server.stop())
  const redis = openRedis({ url: server.url, log: log(), password: server.password, signInIntervalMs: 50 })
  t.teardown(() => redis.close())
  await redis.settled
  const id = await redis.ask((client) => client.client('ID'))
  t.ok(await until(() => server.given.length >= 3))
  t.equal(await redis.ask((client) => client.client('ID')), id, 'the same connection')
  t.equal(await redis.ask((client) => client.call('ACL', 'WHOAMI')), USER)
})

t.test('rediss:// only connects to a server with a verified certificate', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'wiko-tls-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const rsa = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject]
  execFileSync('openssl', ['req', '-x509', ...rsa, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  const files = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-auth-clients', 'no']
  const server = await startRedis(files, 'tls')
  t.teardown(() => server.stop())
  const { lines, ...to } = log()
  const ping = async () => {
    const redis = openRedis({ url: server.url, log: to })
    t.teardown(() => redis.close())
    await redis.settled
    return redis.ask((client) => client.ping())
  }
  t.equal(await ping(), null)
  t.match(lines, [/self-signed certificate/])
  setDefaultCACertificates([readFileSync(cert, 'utf8')])
  t.equal(await ping(), 'PONG', 'where its authority is known')
})
