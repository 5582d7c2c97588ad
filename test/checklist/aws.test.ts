import t from 'tap'
import { account } from '../../scripts/checklist/account.ts'
import { type Aws, openAws, textOf } from '../../scripts/checklist/aws.ts'
import type { Context } from '../../scripts/checklist/context.ts'
import { logs } from '../../scripts/checklist/logs.ts'
import { stores } from '../../scripts/checklist/stores.ts'
import { installMoto, startMoto } from '../support/moto.ts'
import { check, contextOf } from './support.ts'

const missing = await installMoto()

t.test('without an environment, or credentials, no line of the account is run, and each says what to do', async (t) => {
  for (const environment of [null, 'prod']) {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) delete process.env[name]
    process.env.AWS_EC2_METADATA_DISABLED = 'true'
    const aws = await openAws(env, environment)
    t.match(aws, { missing: environment ? /credentials/ : /ENV=/ })
    const results = await check(account, contextOf('http://127.0.0.1', { aws: async () => aws }))
    t.ok(results.every(({ state, tag }) => state === 'not run' && tag === 'not run'))
  }
})

t.test('on a stand-in of AWS', { skip: missing ?? false }, async (t) => {
  const moto = await startMoto()
  t.teardown(() => moto.stop())
  Object.assign(process.env, moto.env)
  const aws = (await openAws(moto.env, 'prod')) as Aws
  const distribution = textOf(
    await aws.cloudfront(
      'POST',
      '/distribution',
      `<DistributionConfig><CallerReference>x</CallerReference><Comment>x</Comment><Enabled>true</Enabled>
       <Origins><Quantity>1</Quantity><Items><Origin><Id>o</Id><DomainName>x.s3.amazonaws.com</DomainName>
       <S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig></Origin></Items></Origins>
       <DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy>
       <MinTTL>0</MinTTL></DefaultCacheBehavior></DistributionConfig>`,
    ),
    'Id',
  )
  const context: Context = contextOf('http://127.0.0.1', {
    env: { ...moto.env, DISTRIBUTION: distribution, RESTORE_TEST: '2027-01-15', IMAGES_BUCKET: 'pictures' },
    environment: 'prod',
    aws: async () => aws,
  })
  const line = async (name: RegExp) => (await check(account, context)).find((result) => name.test(result.name))
  const alarm = (name: string) =>
    aws.json('monitoring', 'PutMetricAlarm', {
      AlarmName: `wiko-${name}`,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      MetricName: 'x',
      Namespace: 'x',
      Period: 60,
      Statistic: 'Sum',
      Threshold: 1,
    })
  const state = (name: string, value: string) =>
    aws.json('monitoring', 'SetAlarmState', { AlarmName: `wiko-${name}`, StateValue: value, StateReason: 'test' })

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
    AllocatedStorage: '100',
  }
  await aws.query('rds', 'CreateDBInstance', {
    ...instance,
    StorageEncrypted: 'true',
    BackupRetentionPeriod: '7',
    MultiAZ: 'true',
  })
  t.match(await line(/database/), { state: 'pass', tag: 'simulated', evidence: /encrypted true, backups of 7 days/ })
  t.match(await line(/restore test/), { state: 'pass', evidence: /2027-01-15.*newest snapshot 2\d{3}/ })
  await aws.query('rds', 'ModifyDBInstance', {
    DBInstanceIdentifier: 'wiko-defect-db-prod',
    BackupRetentionPeriod: '0',
  })
  t.match(await line(/database/), { state: 'fail', evidence: /no backups/ })

  const group = {
    ReplicationGroupId: 'wiko-redis-prod',
    ReplicationGroupDescription: 'x',
    Engine: 'redis',
    CacheNodeType: 'cache.t4g.micro',
  }
  await aws.query('elasticache', 'CreateReplicationGroup', {
    ...group,
    TransitEncryptionEnabled: 'true',
    AtRestEncryptionEnabled: 'false',
  })
  t.match(await line(/Redis/), { state: 'fail', tag: 'simulated', evidence: /not encrypted at rest/ })

  await aws.json('logs', 'CreateLogGroup', { logGroupName: '/ecs/wiko-defect-analyzer' })
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
