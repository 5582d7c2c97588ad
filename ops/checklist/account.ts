import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { texts } from '../aws/call.ts'
import { agesOf } from '../infra/secret-ages.ts'
import type { Account } from './aws.ts'
import type { Context } from './context.ts'
import { type Finding, type Group, judge, type Line, notRun, pass } from './line.ts'
import { outputsOf } from './outputs.ts'

/** An invalidation of one path takes about a minute. */
const INVALIDATION_SECONDS = 300
const BACKUP_HOURS = 26

const textOf = (xml: string, name: string): string | undefined => texts(xml, name)[0]

/** A line on the account. */
const onAccount = (name: string, look: (account: Account, context: Context) => Promise<Finding>): Line => ({
  name,
  on: 'account',
  async check(context) {
    const opened = await context.account()
    return 'missing' in opened ? notRun(opened.missing) : look(opened, context)
  },
})

async function alarms({ aws, names }: Account): Promise<Finding> {
  const all: { AlarmName: string; StateValue: string }[] = []
  let token: string | undefined
  do {
    const page = await aws.json<{ MetricAlarms?: typeof all; NextToken?: string }>('monitoring', 'DescribeAlarms', {
      AlarmNamePrefix: `${names.prefix}-`,
      ...(token ? { NextToken: token } : {}),
    })
    all.push(...(page.MetricAlarms ?? []))
    token = page.NextToken
  } while (token)
  const named = (state: string) =>
    all.filter(({ StateValue }) => StateValue === state).map(({ AlarmName }) => AlarmName)
  const [red, unknown] = [named('ALARM'), named('INSUFFICIENT_DATA')]
  return judge(
    [all.length === 0 && 'there are none', red.length > 0 && `in alarm: ${red.join(', ')}`],
    `${named('OK').length} of ${all.length} alarms OK, ${unknown.length} without data yet`,
  )
}

/** The distribution is the one of the stack's outputs, or DISTRIBUTION. */
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
  // A path that nobody keeps: it shows that invalidations work, and costs no visitor anything.
  const batch = `<InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Paths><Quantity>1</Quantity><Items><Path>/checklist</Path></Items></Paths><CallerReference>checklist-${randomUUID()}</CallerReference></InvalidationBatch>`
  let answer = await aws.cloudfront('POST', `/distribution/${id}/invalidation`, batch)
  const name = textOf(answer, 'Id')
  const seconds = () => Math.round((performance.now() - started) / 1000)
  const done = () => textOf(answer, 'Status')?.toLowerCase() === 'completed'
  while (!done() && seconds() < INVALIDATION_SECONDS) {
    say(`the invalidation ${name} is under way (${seconds()} s)`)
    await sleep(10_000)
    answer = await aws.cloudfront('GET', `/distribution/${id}/invalidation/${name}`)
  }
  const status = textOf(answer, 'Status') ?? 'no status'
  return judge([!done() && `not done after ${seconds()} s`], `${id} ${name}: ${status} in ${seconds()} s`)
}

async function database({ aws, names }: Account, { standIns }: Context): Promise<Finding> {
  const xml = await aws.query('rds', 'DescribeDBInstances', { DBInstanceIdentifier: names.database })
  const days = Number(textOf(xml, 'BackupRetentionPeriod') ?? 0)
  const restorable = textOf(xml, 'LatestRestorableTime')
  const hours = restorable ? (Date.now() - Date.parse(restorable)) / 3_600_000 : Number.POSITIVE_INFINITY
  return judge(
    [
      textOf(xml, 'DBInstanceStatus') !== 'available' && `it is ${textOf(xml, 'DBInstanceStatus')}`,
      textOf(xml, 'StorageEncrypted') !== 'true' && 'its storage is not encrypted',
      textOf(xml, 'PubliclyAccessible') === 'true' && 'it is public',
      days < 1 && 'it has no backups',
      // The stand-in knows no such time.
      !standIns.has('account') &&
        hours > BACKUP_HOURS &&
        `the last minute that can be restored is ${restorable ?? 'unknown'}`,
    ],
    `${names.database}: encrypted ${textOf(xml, 'StorageEncrypted')}, backups of ${days} days, second zone ${textOf(xml, 'MultiAZ')}, restorable to ${restorable ?? '?'}`,
  )
}

async function cache({ aws, names }: Account): Promise<Finding> {
  const xml = await aws.query('elasticache', 'DescribeReplicationGroups', { ReplicationGroupId: names.cache })
  const of = (name: string) => textOf(xml, name) ?? '?'
  return judge(
    [
      of('AtRestEncryptionEnabled') !== 'true' && 'it is not encrypted at rest',
      of('TransitEncryptionEnabled') !== 'true' && 'it takes connections without TLS',
    ],
    `${names.cache}: encrypted at rest ${of('AtRestEncryptionEnabled')}, in transit ${of('TransitEncryptionEnabled')}, failover ${of('AutomaticFailover')}`,
  )
}

async function restoreTest({ aws, names }: Account, { env }: Context): Promise<Finding> {
  const xml = await aws.query('rds', 'DescribeDBSnapshots', { DBInstanceIdentifier: names.database })
  const newest = texts(xml, 'SnapshotCreateTime').sort().at(-1)
  if (!newest) return judge(['there is no snapshot to restore from'], names.database)
  return calendar(env, `, newest snapshot ${newest}`)
}

async function secretAges({ aws, names, secrets }: Account): Promise<Finding> {
  const { known, old } = await agesOf(aws, names.secrets, secrets)
  const told = known.map(({ name, days }) => `${name} ${days} days`).join(', ')
  return judge([known.length === 0 && 'there are none', old.length > 0 && old.join(', ')], told)
}

/** That a person has put it into the calendar, only that person can say. */
function calendar(env: NodeJS.ProcessEnv, more = ''): Finding {
  const date = env.RESTORE_TEST?.trim() ?? ''
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date))) {
    return notRun(
      `a person's to do: put it into the calendar, then RESTORE_TEST=YYYY-MM-DD; docs/infrastructure/README.md#restore says how${more}`,
    )
  }
  return pass(`on ${date}, as RESTORE_TEST says${more}`)
}

/** Guide: the lines that only the account can answer. */
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
