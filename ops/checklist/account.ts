import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { CreateInvalidationCommand, GetInvalidationCommand, type Invalidation } from '@aws-sdk/client-cloudfront'
import { type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch'
import { DescribeReplicationGroupsCommand } from '@aws-sdk/client-elasticache'
import { DescribeDBInstancesCommand, DescribeDBSnapshotsCommand } from '@aws-sdk/client-rds'
import { agesOf } from '../infra/secret-ages.ts'
import type { Account } from './aws.ts'
import type { Context } from './context.ts'
import { type Finding, type Group, judge, type Line, notRun, pass } from './line.ts'
import { outputsOf } from './outputs.ts'

/** An invalidation of one path takes about a minute. */
const INVALIDATION_SECONDS = 300
const BACKUP_HOURS = 26

/** A check that needs the AWS account. */
const onAccount = (name: string, look: (account: Account, context: Context) => Promise<Finding>): Line => ({
  name,
  on: 'account',
  async check(context) {
    const opened = await context.account()
    return 'missing' in opened ? notRun(opened.missing) : look(opened, context)
  },
})

async function alarms({ aws, names }: Account): Promise<Finding> {
  const all: MetricAlarm[] = []
  const pages = paginateDescribeAlarms({ client: aws.cloudwatch }, { AlarmNamePrefix: `${names.prefix}-` })
  for await (const { MetricAlarms = [] } of pages) all.push(...MetricAlarms)
  const named = (state: string) =>
    all.filter(({ StateValue }) => StateValue === state).map(({ AlarmName }) => AlarmName)
  const [red, unknown] = [named('ALARM'), named('INSUFFICIENT_DATA')]
  return judge(
    [all.length === 0 && 'there are none', red.length > 0 && `in alarm: ${red.join(', ')}`],
    `${named('OK').length} of ${all.length} alarms OK, ${unknown.length} without data yet`,
  )
}

/** DISTRIBUTION, or the distribution in the stack's outputs. */
async function distributionOf(env: NodeJS.ProcessEnv): Promise<string> {
  const given = env.DISTRIBUTION?.trim()
  if (given) return given
  const { distribution } = await outputsOf(env)
  return String(distribution ?? '')
}

async function invalidation({ aws }: Account, { env, say }: Context): Promise<Finding> {
  const id = await distributionOf(env)
  if (!/^[A-Z0-9]{5,20}$/.test(id))
    return notRun('the stack has no output "distribution": apply it, or set DISTRIBUTION')
  const started = performance.now()
  // This path is never cached, so the invalidation does not slow down any visitor.
  const InvalidationBatch = {
    Paths: { Quantity: 1, Items: ['/checklist'] },
    CallerReference: `checklist-${randomUUID()}`,
  }
  const created = await aws.cloudfront.send(new CreateInvalidationCommand({ DistributionId: id, InvalidationBatch }))
  let current: Invalidation | undefined = created.Invalidation
  const name = current?.Id
  const seconds = () => Math.round((performance.now() - started) / 1000)
  const done = () => current?.Status?.toLowerCase() === 'completed'
  while (!done() && seconds() < INVALIDATION_SECONDS) {
    say(`the invalidation ${name} is under way (${seconds()} s)`)
    await sleep(10_000)
    const found = await aws.cloudfront.send(new GetInvalidationCommand({ DistributionId: id, Id: name }))
    current = found.Invalidation
  }
  const status = current?.Status ?? 'no status'
  return judge([!done() && `not done after ${seconds()} s`], `${id} ${name}: ${status} in ${seconds()} s`)
}

async function database({ aws, names }: Account, { standIns }: Context): Promise<Finding> {
  const described = new DescribeDBInstancesCommand({ DBInstanceIdentifier: names.database })
  const [instance = {}] = (await aws.rds.send(described)).DBInstances ?? []
  const { BackupRetentionPeriod: days = 0, DBInstanceStatus, StorageEncrypted, PubliclyAccessible, MultiAZ } = instance
  const restorable = instance.LatestRestorableTime
  const hours = restorable ? (Date.now() - restorable.getTime()) / 3_600_000 : Number.POSITIVE_INFINITY
  return judge(
    [
      DBInstanceStatus !== 'available' && `it is ${DBInstanceStatus}`,
      !StorageEncrypted && 'its storage is not encrypted',
      Boolean(PubliclyAccessible) && 'it is public',
      days < 1 && 'it has no backups',
      // moto does not report this time.
      !standIns.has('account') &&
        hours > BACKUP_HOURS &&
        `the last minute that can be restored is ${restorable?.toISOString() ?? 'unknown'}`,
    ],
    `${names.database}: encrypted ${StorageEncrypted}, backups of ${days} days, second zone ${MultiAZ}, restorable to ${restorable?.toISOString() ?? '?'}`,
  )
}

async function cache({ aws, names }: Account): Promise<Finding> {
  const described = new DescribeReplicationGroupsCommand({ ReplicationGroupId: names.cache })
  const [group = {}] = (await aws.elasticache.send(described)).ReplicationGroups ?? []
  const { AtRestEncryptionEnabled: atRest, TransitEncryptionEnabled: inTransit, AutomaticFailover } = group
  return judge(
    [!atRest && 'it is not encrypted at rest', !inTransit && 'it takes connections without TLS'],
    `${names.cache}: encrypted at rest ${atRest}, in transit ${inTransit}, failover ${AutomaticFailover ?? '?'}`,
  )
}

async function restoreTest({ aws, names }: Account, { env }: Context): Promise<Finding> {
  const described = new DescribeDBSnapshotsCommand({ DBInstanceIdentifier: names.database })
  const { DBSnapshots = [] } = await aws.rds.send(described)
  const newest = DBSnapshots.flatMap(({ SnapshotCreateTime }) => SnapshotCreateTime?.toISOString() ?? [])
    .sort()
    .at(-1)
  if (!newest) return judge(['there is no snapshot to restore from'], names.database)
  return calendar(env, `, newest snapshot ${newest}`)
}

async function secretAges({ aws, names, secrets }: Account): Promise<Finding> {
  const { known, old } = await agesOf(aws, names.secrets, secrets)
  const told = known.map(({ name, days }) => `${name} ${days} days`).join(', ')
  return judge([known.length === 0 && 'there are none', old.length > 0 && old.join(', ')], told)
}

/** Only a person can confirm the calendar entry. */
function calendar(env: NodeJS.ProcessEnv, more = ''): Finding {
  const date = env.RESTORE_TEST?.trim() ?? ''
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date))) {
    return notRun(
      `a person's to do: put it into the calendar, then RESTORE_TEST=YYYY-MM-DD; docs/infrastructure/README.md#restore says how${more}`,
    )
  }
  return pass(`on ${date}, as RESTORE_TEST says${more}`)
}

/** Guide: the checks that need the account. */
export const account: Group = {
  title: 'The AWS account',
  lines: [
    onAccount('all alarms are green', alarms),
    onAccount('CloudFront takes an invalidation and does it', invalidation),
    onAccount('the database is encrypted, private and backed up', database),
    onAccount('Redis is encrypted, at rest and on its way', cache),
    onAccount('the first restore test is on the calendar', restoreTest),
    onAccount('no secret that people rotate is old', secretAges),
    onAccount('addresses and secrets are listed (make output)', async (_account, { env }) => {
      const outputs = await outputsOf(env)
      const wanted = ['page', 'api', 'secrets', 'api_logs', 'dashboard', 'distribution']
      const missing = wanted.filter((name) => !outputs[name])
      return judge([missing.length > 0 && `without ${missing.join(', ')}`], `${Object.keys(outputs).length} outputs`)
    }),
  ],
}
