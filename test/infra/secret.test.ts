import { spawn } from 'node:child_process'
import { join } from 'node:path'
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import t from 'tap'
import { installMoto, type Moto, startMoto } from '../../fixtures/moto.ts'

const withoutMoto = await installMoto()
const repository = join(import.meta.dirname, '..', '..')
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }

/** Runs an infrastructure command as the Makefile does, with a text on its standard input. */
async function command(name: string, env: NodeJS.ProcessEnv, input = '') {
  const child = spawn(process.execPath, ['--disable-warning=DEP0044', 'ops/infra.ts', name], {
    cwd: repository,
    env: { ...process.env, ENV: '', NAME: '', SET: '', ...env },
  })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  child.stdin.on('error', () => {}) // it may end before it reads
  child.stdin.end(input)
  const code = await new Promise((resolve) => child.on('close', resolve))
  return { code, output, errors }
}

const refused: readonly (readonly [name: string, env: NodeJS.ProcessEnv, line: RegExp])[] = [
  ['secret', {}, /^ENV must name an environment: prod, staging\n$/],
  ['secret', { ENV: 'account', NAME: 'api-key' }, /^ENV must name an environment/],
  ['secret', { ENV: 'prod', NAME: 'database-url' }, /^NAME must name a secret: azure-api-key, api-key, secret-key/],
  ['rotate', { ENV: 'prod' }, /^NAME must name a secret/],
  [
    'rotate',
    { ENV: 'prod', NAME: 'azure-api-key' },
    /^Azure makes this key: .*make secret ENV=prod NAME=azure-api-key/,
  ],
]
for (const [name, env, line] of refused) {
  t.test(`${name} ${JSON.stringify(env)} is refused in one line`, async (t) => {
    const { code, errors } = await command(name, env)
    t.equal(code, 1)
    t.match(errors, line)
    t.equal(errors.trim().split('\n').length, 1)
  })
}

t.test('on a simulated account', { skip: withoutMoto ?? false }, async (t) => {
  const moto: Moto = await startMoto()
  t.teardown(() => moto.stop())
  const aws = {
    AWS_ENDPOINT_URL: moto.url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  }
  const client = new SecretsManagerClient({ endpoint: moto.url, region: 'us-east-1', credentials })
  const value = async (SecretId: string, VersionStage = 'AWSCURRENT') =>
    (await client.send(new GetSecretValueCommand({ SecretId, VersionStage }))).SecretString
  for (const Name of ['wiko/azure-api-key', 'wiko/api-key', 'wiko-staging/azure-api-key', 'wiko-staging/secret-key']) {
    await client.send(new CreateSecretCommand({ Name, SecretString: 'first' }))
  }

  await t.test('secret puts what is piped in, and never shows it', async (t) => {
    const { code, output, errors } = await command(
      'secret',
      { ...aws, ENV: 'prod', NAME: 'azure-api-key' },
      'a-new-key-of-azure\n',
    )
    t.equal(code, 0, errors)
    t.match(output, /^wiko\/azure-api-key: 18 characters are current.*Tasks read it when they start/)
    t.notMatch(output + errors, /a-new-key-of-azure/)
    t.equal(await value('wiko/azure-api-key'), 'a-new-key-of-azure')
    t.equal(await value('wiko/azure-api-key', 'AWSPREVIOUS'), 'first')
    t.equal(await value('wiko-staging/azure-api-key'), 'first', 'the other environment keeps its own')
  })

  await t.test('secret refuses an empty value and one with a line break', async (t) => {
    for (const input of ['\n', 'one\ntwo\n']) {
      const { code, errors } = await command('secret', { ...aws, ENV: 'staging', NAME: 'azure-api-key' }, input)
      t.equal(code, 1)
      t.match(errors, /^Not changed: the value /)
    }
    t.equal(await value('wiko-staging/azure-api-key'), 'first')
  })

  await t.test('secret of an environment that is not there yet says what to do', async (t) => {
    const { code, errors } = await command('secret', { ...aws, ENV: 'staging', NAME: 'api-key' }, 'x')
    t.equal(code, 1)
    t.equal(errors, 'There is no secret wiko-staging/api-key: plan and apply staging first.\n')
  })

  await t.test('rotate draws a new API key, and the one before stays readable', async (t) => {
    const { code, output, errors } = await command('rotate', { ...aws, ENV: 'prod', NAME: 'api-key' })
    t.equal(code, 0, errors)
    const current = (await value('wiko/api-key')) ?? ''
    t.match(current, /^[A-Za-z0-9]{43}$/)
    t.notOk(output.includes(current), 'it is not shown')
    t.match(output, /Tasks take it up within 5 minutes, without a restart; the value before stays valid/)
    t.equal(await value('wiko/api-key', 'AWSPREVIOUS'), 'first')
  })

  await t.test('rotate starts the rotation of SECRET_KEY', async (t) => {
    const described = () => client.send(new DescribeSecretCommand({ SecretId: 'wiko-staging/secret-key' }))
    t.notOk((await described()).LastRotatedDate)
    const { code, output, errors } = await command('rotate', { ...aws, ENV: 'staging', NAME: 'secret-key' })
    t.equal(code, 0, errors)
    t.match(output, /^wiko-staging\/secret-key: the rotation has started.*without a restart/)
    t.ok((await described()).LastRotatedDate)
  })

  await t.test('rotate of a secret that is not there says what to do', async (t) => {
    const { code, errors } = await command('rotate', { ...aws, ENV: 'prod', NAME: 'secret-key' })
    t.equal(code, 1)
    t.equal(errors, 'There is no secret wiko/secret-key: plan and apply prod first.\n')
  })
})
