import { PutMetricAlarmCommand, SetAlarmStateCommand, type StateValue } from '@aws-sdk/client-cloudwatch'
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateReplicationGroupCommand } from '@aws-sdk/client-elasticache'
import { CreateDBInstanceCommand, ModifyDBInstanceCommand } from '@aws-sdk/client-rds'
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager'
import t from 'tap'
import { installMoto, startMoto } from '../../fixtures/moto.ts'
import { account } from '../../ops/checklist/account.ts'
import { type Account, openAccount } from '../../ops/checklist/aws.ts'
import type { Context } from '../../ops/checklist/context.ts'
import { pass } from '../../ops/checklist/line.ts'
import { logs } from '../../ops/checklist/logs.ts'
import { standInsOf } from '../../ops/checklist/stand-ins.ts'
import { stores } from '../../ops/checklist/stores.ts'
import { agesOf, MOST_DAYS } from '../../ops/infra/secret-ages.ts'
import { createDistribution } from '../delivery/aws.ts'
import { check, contextOf } from './support.ts'

const missing = await installMoto()

t.test('without an environment, or credentials, no line of the account is run, and each says what to do', async (t) => {
  for (const environment of [null, 'prod']) {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) delete process.env[name]
    process.env.AWS_EC2_METADATA_DISABLED = 'true'
    const opened = await openAccount(environment)
    t.match(opened, { missing: environment ? /credentials/ : /ENV=/ })
    const results = await check(account, contextOf('http://127.0.0.1', { account: async () => opened }))
    t.ok(results.every(({ state, tag }) => state === 'not run' && tag === 'not run'))
  }
})

t.test('on a stand-in of AWS', { skip: missing ?? false }, async (t) => {
  const moto = await startMoto()
  t.teardown(() => moto.stop())
  Object.assign(process.env, moto.env)
  const opened = (await openAccount('prod')) as Account
  const { aws } = opened
  const distribution = await createDistribution(aws, 'x')
  const context: Context = contextOf('http://127.0.0.1', {
    env: { ...moto.env, DISTRIBUTION: distribution, RESTORE_TEST: '2027-01-15', IMAGES_BUCKET: 'pictures' },
    environment: 'prod',
    account: async () => opened,
    standIns: standInsOf(moto.env),
  })
  const line = async (name: RegExp) => (await check(account, context)).find((result) => name.test(result.name))
  const alarm = (name: string) =>
    aws.cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: `wiko-${name}`,
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        MetricName: 'x',
        Namespace: 'x',
        Period: 60,
        Statistic: 'Sum',
        Threshold: 1,
      }),
    )
  const state = (name: string, StateValue: StateValue) =>
    aws.cloudwatch.send(new SetAlarmStateCommand({ AlarmName: `wiko-${name}`, StateValue, StateReason: 'test' }))

  t.match(await line(/alarms/), { state: 'fail', tag: 'simulated', evidence: /there are none/ })
  for (let i = 0; i < 120; i++) await alarm(`a${i}`)
  for (let i = 0; i < 120; i++) await state(`a${i}`, i < 100 ? 'OK' : 'INSUFFICIENT_DATA')
  t.match(await line(/alarms/), { state: 'pass', tag: 'simulated', evidence: /100 of 120 alarms OK, 20 without data/ })
  await state('a119', 'ALARM')
  t.match(await line(/alarms/), { state: 'fail', evidence: /in alarm: wiko-a119/ })

  t.match(await line(/invalidation/), { state: 'pass', tag: 'simulated', evidence: /COMPLETED/ })

  t.match(await line(/database/), { state: 'fail', evidence: /DBInstanceNotFound|not found/i })
  t.match(await line(/restore test/), { state: 'fail', evidence: /no snapshot/ })
  const instance = {
    DBInstanceIdentifier: 'wiko-defect-db-prod',
    DBInstanceClass: 'db.t4g.medium',
    Engine: 'postgres',
    MasterUsername: 'wiko',
    MasterUserPassword: 'of-the-test',
    AllocatedStorage: 100,
  }
  const kept = { StorageEncrypted: true, BackupRetentionPeriod: 7, MultiAZ: true }
  await aws.rds.send(new CreateDBInstanceCommand({ ...instance, ...kept }))
  t.match(await line(/database/), { state: 'pass', tag: 'simulated', evidence: /encrypted true, backups of 7 days/ })
  t.match(await line(/restore test/), { state: 'pass', evidence: /2027-01-15.*newest snapshot 2\d{3}/ })
  const withoutBackups = { DBInstanceIdentifier: 'wiko-defect-db-prod', BackupRetentionPeriod: 0 }
  await aws.rds.send(new ModifyDBInstanceCommand(withoutBackups))
  t.match(await line(/database/), { state: 'fail', evidence: /no backups/ })

  const group = {
    ReplicationGroupId: 'wiko-redis-prod',
    ReplicationGroupDescription: 'x',
    Engine: 'redis',
    CacheNodeType: 'cache.t4g.micro',
  }
  const inTransitOnly = { TransitEncryptionEnabled: true, AtRestEncryptionEnabled: false }
  await aws.elasticache.send(new CreateReplicationGroupCommand({ ...group, ...inTransitOnly }))
  t.match(await line(/Redis/), { state: 'fail', tag: 'simulated', evidence: /not encrypted at rest/ })

  t.match(await line(/secret that people/), { state: 'fail', evidence: /there are none/ })
  const secret = async (Name: string) =>
    aws.secrets.send(new CreateSecretCommand({ Name, SecretString: 'of-the-test' }))
  for (const name of ['wiko/azure-api-key', 'wiko/database-url', 'wiko-staging/api-key']) await secret(name)
  const { ARN: elsewhere = '' } = await secret('plant/webhook')
  context.account = async () => ({ ...opened, secrets: [elsewhere] })
  t.match(await line(/secret that people/), {
    state: 'pass',
    tag: 'simulated',
    evidence: /^wiko\/azure-api-key 0 days, plant\/webhook 0 days$/,
  })
  const later = Date.now() + (MOST_DAYS + 1) * 86_400_000
  t.match(await agesOf(aws, 'wiko', [elsewhere], later), {
    old: [/^wiko\/azure-api-key is 91 days old/, /^plant\/webhook is 91 days old/],
  })

  await aws.logs.send(new CreateLogGroupCommand({ logGroupName: '/ecs/wiko-defect-analyzer' }))
  const logged = async () => (await check(logs, context))[0]
  t.match(await logged(), { state: 'pass', tag: 'simulated' })
  t.match((await check(stores, { ...context, sample: { defectId: 'x', imageBytes: 5 } }))[1], { state: 'fail' })
  await moto.createBucket('pictures')
  t.match((await check(stores, { ...context, sample: { defectId: 'x', imageBytes: 5 } }))[1], {
    state: 'fail',
    tag: 'simulated',
    evidence: /no image of 5 bytes/,
  })
})

t.test('what is a stand-in is said by STAND_INS and by AWS_ENDPOINT_URL, and counts as simulated', async (t) => {
  t.strictSame(
    [...standInsOf({ STAND_INS: 'edge, model', AWS_ENDPOINT_URL: 'http://127.0.0.1' })],
    ['edge', 'model', 'account'],
  )
  t.throws(() => standInsOf({ STAND_INS: 'sun' }), { message: /sun is none of account, edge, model/ })
  const lines = [
    { name: 'of the edge', on: 'edge', check: async () => pass('x') },
    { name: 'of the API', check: async () => pass('x') },
  ] as const
  t.match(await check({ title: 'x', lines }, contextOf('http://127.0.0.1', { standIns: new Set(['edge']) })), [
    { tag: 'simulated' },
    { tag: 'real' },
  ])
})
