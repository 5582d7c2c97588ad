import { randomBytes } from 'node:crypto'
import t from 'tap'
import { connectionTo, rdsToken } from '../../api/database/connection.ts'
import { openDatabase } from '../../api/database/database.ts'
import { createPostgres } from '../../fixtures/postgres.ts'

const HOST = 'wiko.cluster-abc.us-east-1.rds.amazonaws.com'
const RDS = `postgresql://wiko_api@${HOST}:5432/wiko_defect_db?sslmode=verify-full`
const silent = { info: () => undefined, error: () => undefined }

t.test('A token is a presigned request for this host and user, valid for 15 minutes', async (t) => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' })
  const token = await rdsToken(new URL(RDS), 'us-east-1')()
  t.notMatch(token, /^https?:/)
  const { host, searchParams } = new URL(`http://${token}`)
  t.equal(host, `${HOST}:5432`)
  t.match(Object.fromEntries(searchParams), {
    Action: 'connect',
    DBUser: 'wiko_api',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': /^AKIDEXAMPLE\/\d{8}\/us-east-1\/rds-db\/aws4_request$/,
    'X-Amz-Expires': '900',
    'X-Amz-Signature': /^[0-9a-f]{64}$/,
  })
})

t.test('The server is verified, by the RDS authorities unless others are configured', async (t) => {
  const sslOf = (url: string, iam = true) => connectionTo(url, { iam, region: 'us-east-1' }).ssl as { ca?: string[] }
  const extra = process.env.NODE_EXTRA_CA_CERTS
  t.teardown(() => {
    if (extra !== undefined) process.env.NODE_EXTRA_CA_CERTS = extra
  })
  delete process.env.NODE_EXTRA_CA_CERTS
  for (const iam of [true, false]) {
    const ssl = sslOf(RDS, iam)
    t.match(ssl, { rejectUnauthorized: true })
    t.ok((ssl.ca ?? []).length > 150, 'with those that Node trusts')
  }
  t.strictSame(
    sslOf('postgresql://u@db.example/wiko'),
    { rejectUnauthorized: true },
    'and asked for without sslmode too',
  )
  process.env.NODE_EXTRA_CA_CERTS = '/app/rds-ca.pem'
  t.strictSame(sslOf(RDS), { rejectUnauthorized: true }, 'the image trusts them by this variable')
  delete process.env.NODE_EXTRA_CA_CERTS
})

t.test('Each new connection requests its own token, and an open one stays valid', async (t) => {
  const postgres = await createPostgres()
  await postgres.start()
  t.teardown(() => postgres.remove())
  await postgres.query('create role signed_in login superuser')
  const url = new URL(postgres.url)
  url.username = 'signed_in'
  url.password = ''
  const tokens: string[] = []
  let next = ''
  /** PostgreSQL looks at a password once it knows who comes, so it must be there before. */
  const change = async () => {
    next = randomBytes(16).toString('hex')
    await postgres.query(`alter role signed_in password '${next}'`)
  }
  const token = async () => {
    tokens.push(next)
    return next
  }
  const options = {
    databaseIam: true,
    databasePoolSize: 1,
    awsRegion: 'us-east-1',
    dataDir: '',
    migrate: null,
    token,
  }
  const plain = await openDatabase({ ...options, databaseUrl: url.href }, silent)
  await t.rejects(plain.check(), { message: /does not support SSL/ }, 'no token goes to a server that is not verified')
  t.equal(tokens.length, 0)
  await plain.close()

  url.searchParams.set('sslmode', 'disable')
  const database = await openDatabase({ ...options, databaseUrl: url.href }, silent)
  t.teardown(() => database.close())
  const pidOf = async () => (await database.pool.query('select pg_backend_pid() as pid')).rows[0].pid
  const pids: number[] = []
  for (let i = 1; i <= 3; i++) {
    await change()
    const pid = await pidOf()
    t.equal(tokens.length, i)
    await change()
    t.equal(await pidOf(), pid, 'the same connection, whatever the password is now')
    pids.push(pid)
    const ended = new Promise((done) => database.pool.once('remove', done))
    await postgres.query(`select pg_terminate_backend(${pid})`)
    await ended
  }
  t.equal(new Set(pids).size, 3)
  t.equal(new Set(tokens).size, 3)
})
