import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import t from 'tap'
import { sessionTokens } from '../../api/auth/sessions/tokens.ts'
import { createSignedUrls } from '../../api/auth/signed-urls.ts'
import { loadConfig } from '../../api/config/config.ts'
import { openSecrets } from '../../api/platform/secrets/secrets.ts'
import { installMoto, startMoto } from '../../fixtures/moto.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { startService, testFolder } from '../support/service.ts'

const withoutMoto = await installMoto()
const value = (of: string) => of.repeat(40).slice(0, 40)
const arnOf = (name: string) => `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}`
const silent = { info: () => undefined, warn: () => undefined }

t.test(
  'values rotated in Secrets Manager are taken up without a restart',
  { skip: withoutMoto ?? false },
  async (t) => {
    const moto = await startMoto()
    t.teardown(() => moto.stop())
    Object.assign(process.env, moto.env)
    const client = new SecretsManagerClient({ region: 'us-east-1' })
    const create = async (Name: string, SecretString: string) =>
      (await client.send(new CreateSecretCommand({ Name, SecretString }))).ARN as string
    const put = (SecretId: string, SecretString: string) =>
      client.send(new PutSecretValueCommand({ SecretId, SecretString }))

    const apiKeyArn = await create('wiko/api-key', value('api-1-'))
    const secretKeyArn = await create('wiko/secret-key', value('sign-1-'))
    const service = await startService(
      {
        API_KEY: value('injected-api-'),
        SECRET_KEY: value('injected-sign-'),
        API_KEY_SECRET_ARN: apiKeyArn,
        SECRET_KEY_SECRET_ARN: secretKeyArn,
        RATE_LIMIT_PER_IP: '100000',
      },
      { analyzer: scriptedAnalyzer() },
    )
    t.teardown(() => service.close())
    const status = async (headers: Record<string, string>) => {
      const response = await fetch(`${service.url}/api/v1/stats`, { headers })
      await response.arrayBuffer()
      return response.status
    }
    const key = (name: string) => status({ 'x-api-key': value(name) })
    const signIn = async (name: string) => {
      const response = await fetch(`${service.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ api_key: value(name), name: 'Mei' }),
      })
      return { authorization: `Bearer ${(await bodyOf<{ token: string }>(response)).token}` }
    }
    /** What another task, whose SECRET_KEY this is, has signed. */
    const signedBy = async (name: string) => {
      const config = loadConfig({ ENVIRONMENT: 'test', SECRET_KEY: value(name), API_KEY: value('api-1-') })
      const { secretKey, close } = await openSecrets(config, silent)
      const { token } = await sessionTokens(secretKey).issue({ caller: 'admin', name: 'Mei' }, value('api-1-'))
      const link = createSignedUrls(secretKey).url(service.url, 'DEF-20260101-00000000', 'full')
      close()
      return { headers: { authorization: `Bearer ${token}` }, link }
    }
    const picture = async (link: string) => {
      const response = await fetch(link)
      await response.arrayBuffer()
      return response.status
    }
    /** Looking again is done once in ten seconds: the clock is put on. */
    const clock = Date.now
    t.teardown(() => {
      Date.now = clock
    })
    let ahead = 0
    const later = (seconds: number) => {
      ahead += seconds * 1000
      Date.now = () => clock() + ahead
    }

    t.equal(await key('api-1-'), 200, 'the secret counts, not the variable')
    t.equal(await key('injected-api-'), 401)
    const session = await signIn('api-1-')
    t.equal(await status(session), 200)
    t.equal(await status((await signedBy('sign-1-')).headers), 200)
    t.equal(await status((await signedBy('injected-sign-')).headers), 401)

    await put(apiKeyArn, value('api-2-'))
    await put(secretKeyArn, value('sign-2-'))
    later(11)
    t.equal(await key('api-2-'), 200, 'a value that does not match makes it look')
    t.equal(await key('api-1-'), 200, 'the one before is AWSPREVIOUS')
    t.equal(await status(session), 200, 'signed by the previous SECRET_KEY')
    const other = await signedBy('sign-2-')
    t.equal(await status(other.headers), 200, 'signed by a task that had the new one first')
    t.equal(await picture(other.link), 404, 'there is no such analysis, but the link is good')
    t.equal(await picture((await signedBy('sign-1-')).link), 404)
    t.equal(await picture((await signedBy('sign-9-')).link), 401)

    await put(apiKeyArn, value('api-3-'))
    t.equal(await key('api-3-'), 401, 'looked a moment ago: a stranger who guesses must not make it look all the time')
    later(11)
    t.equal(await key('api-3-'), 200)
    t.equal(await key('api-1-'), 401, 'two changes ago')
    t.equal(await status(session), 401, "a session of the administrator's key ends with the key")

    await put(apiKeyArn, 'short')
    later(11)
    t.equal(await key('api-4-'), 401)
    t.equal(await key('api-3-'), 200, 'a value of the wrong form is not taken up')

    await moto.stop()
    later(11)
    t.equal(await key('api-4-'), 401)
    t.equal(await key('api-3-'), 200, 'out of reach: the last known value stays')
    const log = service.logs.join('\n')
    t.match(log, /"secret":"API_KEY".*Cannot read the secret, keeping its last known value/)
    t.notMatch(log, /api-\d-api|sign-\d-sign/, 'no value in the log')
  },
)

t.test('Secrets Manager out of reach at the start: the injected variables count', async (t) => {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  })
  const env = { ENVIRONMENT: 'test', API_KEY: value('api-'), SECRET_KEY: value('sign-') }
  const config = loadConfig({ ...env, API_KEY_SECRET_ARN: arnOf('a'), SECRET_KEY_SECRET_ARN: arnOf('s') })
  const { apiKey, secretKey, close } = await openSecrets(config, silent)
  t.teardown(close)
  t.strictSame([apiKey?.accepted(), secretKey.accepted()], [[value('api-')], [value('sign-')]])
})

t.test('SECRET_KEY_PREVIOUS still verifies; the current one signs', async (t) => {
  const folder = testFolder()
  t.teardown(() => folder.remove())
  const tokensOf = async (env: Record<string, string>) => {
    const { secretKey } = await openSecrets(loadConfig({ ENVIRONMENT: 'test', DATA_DIR: folder.path, ...env }), silent)
    return { tokens: sessionTokens(secretKey), signedUrls: createSignedUrls(secretKey) }
  }
  const old = await tokensOf({ SECRET_KEY: value('old-') })
  const both = await tokensOf({ SECRET_KEY: value('new-'), SECRET_KEY_PREVIOUS: value('old-') })
  const next = await tokensOf({ SECRET_KEY: value('new-') })
  const claims = { caller: 'key:1', name: 'Mei' }
  const before = (await old.tokens.issue(claims, 'k')).token
  t.match(await both.tokens.verify(before), claims)
  t.equal(await next.tokens.verify(before), null)
  t.match(await next.tokens.verify((await both.tokens.issue(claims, 'k')).token), claims)
  const query = new URL(old.signedUrls.url('http://x', 'DEF-1', 'full')).searchParams
  const verify = ({ signedUrls }: typeof old) =>
    signedUrls.verify('DEF-1', query.get('expires') ?? '', query.get('signature') ?? '')
  t.equal(await verify(both), true)
  t.equal(await verify(next), false)
})
