import { randomUUID } from 'node:crypto'
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import t from 'tap'
import { installMoto, startMoto } from '../../fixtures/moto.ts'
import { rotationCode } from '../../modules/secrets/bundle.ts'
import { type RotationEvent, rotate, type SecretStore } from '../../modules/secrets/rotation/rotate.ts'
import { secretsManager } from '../../modules/secrets/rotation/store.ts'

const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const
const event = (Step: RotationEvent['Step'], version = 'new'): RotationEvent => ({
  SecretId: 'secret',
  ClientRequestToken: version,
  Step,
})

/** Secrets Manager in memory, with a rotation under way: the new version has its stage and no value yet, which moto cannot show. */
function underWay() {
  const stages = new Map([
    ['old', ['AWSCURRENT']],
    ['new', ['AWSPENDING']],
  ])
  const values = new Map([['old', 'first']])
  let drawn = 0
  const store: SecretStore = {
    versions: async () => Object.fromEntries(stages),
    pending: async (_, version) => (stages.get(version)?.includes('AWSPENDING') ? values.get(version) : undefined),
    writePending: async (_, version, value) => void values.set(version, value),
    makeCurrent: async (_, version, instead) => {
      stages.set(version, ['AWSCURRENT'])
      if (instead) stages.set(instead, ['AWSPREVIOUS'])
    },
    randomText: async (length) => String(++drawn).repeat(length),
  }
  return { stages, values, store }
}

t.test('a rotation makes a new value current and keeps the old one as previous', async (t) => {
  const { stages, values, store } = underWay()
  for (const step of steps) await rotate(event(step), store)
  t.strictSame(Object.fromEntries(stages), { old: ['AWSPREVIOUS'], new: ['AWSCURRENT'] })
  t.equal(values.get('new'), '1'.repeat(64))
})

t.test('steps that are repeated do no harm', async (t) => {
  const { stages, values, store } = underWay()
  for (const step of steps) {
    await rotate(event(step), store)
    await rotate(event(step), store)
  }
  t.equal(values.get('new'), '1'.repeat(64), 'the value is drawn once')
  t.strictSame(stages.get('old'), ['AWSPREVIOUS'])
})

t.test('what is not a pending version is refused', async (t) => {
  const { stages, store } = underWay()
  await t.rejects(rotate(event('createSecret', 'unknown'), store), /not one of the secret's versions/)
  stages.set('older', [])
  await t.rejects(rotate(event('createSecret', 'older'), store), /not pending/)
  await t.rejects(rotate(event('finishSecret'), store), /cannot be read/)
})

t.test('the test of a new schedule passes with a pending version that has no value', async (t) => {
  const { values, store } = underWay()
  await rotate(event('testSecret'), store)
  values.set('new', 'too short')
  await t.rejects(rotate(event('testSecret'), store), /not what was written/)
  await t.rejects(rotate(event('finishSecret'), store), /not what was written/)
})

t.test('the code of the function is the same bytes each time', async (t) => {
  t.ok(Buffer.from(rotationCode()).equals(Buffer.from(rotationCode())))
})

const withoutMoto = await installMoto()

t.test('with the real client, on a simulated Secrets Manager', { skip: withoutMoto ?? false }, async (t) => {
  const moto = await startMoto()
  t.teardown(() => moto.stop())
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const client = new SecretsManagerClient({ endpoint: moto.url, region: 'us-east-1', credentials })
  const store = secretsManager(client)
  const { ARN: SecretId = '' } = await client.send(
    new CreateSecretCommand({ Name: 'wiko/secret-key', SecretString: 'first' }),
  )
  const version = randomUUID()
  t.equal(await store.pending(SecretId, version), undefined, 'a version without a value is no error')

  const value = await store.randomText(64)
  t.match(value, /^[A-Za-z0-9]{64}$/)
  const VersionStages = ['AWSPENDING']
  await client.send(
    new PutSecretValueCommand({ SecretId, ClientRequestToken: version, SecretString: value, VersionStages }),
  )
  for (const Step of steps) await rotate({ SecretId, ClientRequestToken: version, Step }, store)

  const read = async (VersionStage: string) =>
    (await client.send(new GetSecretValueCommand({ SecretId, VersionStage }))).SecretString
  t.equal(await read('AWSCURRENT'), value)
  t.equal(await read('AWSPREVIOUS'), 'first')
})
