import t from 'tap'
import { resourcesOf, type StackResource } from '../../stacks/addresses.ts'
import { makeStack, stackNames } from '../../stacks/stacks.ts'

/**
 * The condition keys that we may use where an AWS service is the principal, as the service documents them; the address of the
 * documentation stands beside each policy. A key that a service does not send denies it everything, and no simulation shows that.
 */
const documented: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  aws_iam_role: {
    'cloudtrail.amazonaws.com': [], // documented as not supported
    'ecs-tasks.amazonaws.com': ['aws:SourceAccount'], // of the task role; the execution role has none
    'lambda.amazonaws.com': [],
    'monitoring.rds.amazonaws.com': ['aws:SourceAccount'],
    'vpc-flow-logs.amazonaws.com': ['aws:SourceAccount'],
  },
  aws_kms_key: {
    'budgets.amazonaws.com': ['aws:SourceAccount'],
    'cloudtrail.amazonaws.com': ['aws:SourceArn', 'kms:EncryptionContext:aws:cloudtrail:arn'],
    'cloudwatch.amazonaws.com': ['aws:SourceAccount'],
    'events.amazonaws.com': [],
    'events.rds.amazonaws.com': ['aws:SourceAccount'],
    'logs.REGION.amazonaws.com': ['kms:EncryptionContext:aws:logs:arn'],
  },
  aws_s3_bucket_policy: {
    'cloudfront.amazonaws.com': ['aws:SourceArn'],
    'cloudtrail.amazonaws.com': ['aws:SourceArn', 's3:x-amz-acl'],
    'delivery.logs.amazonaws.com': ['aws:SourceAccount', 'aws:SourceArn', 's3:x-amz-acl'],
    'logdelivery.elasticloadbalancing.amazonaws.com': [], // limited by the path
    'logging.s3.amazonaws.com': ['aws:SourceAccount'],
  },
  aws_sns_topic_policy: {
    'cloudwatch.amazonaws.com': ['aws:SourceAccount'],
    'events.amazonaws.com': [],
    'events.rds.amazonaws.com': ['aws:SourceAccount'],
  },
  aws_cloudwatch_log_resource_policy: { 'delivery.logs.amazonaws.com': ['aws:SourceAccount'] },
}

interface Statement {
  readonly sid: string
  readonly services: readonly string[]
  readonly keys: readonly string[]
  readonly text: string
}

/** The statements of a policy whose principal is an AWS service. */
function serviceStatements({ arguments: given }: StackResource): Statement[] {
  const text = String(given.assume_role_policy ?? given.policy ?? given.policy_document ?? '')
  return text
    .split('"Sid" = ')
    .slice(1)
    .flatMap((part) => {
      const principals = /"Service" = (\[[^\]]*\]|"[^"]*")/.exec(part)?.[1] ?? ''
      const services = [...principals.matchAll(/"([^"]+)"/g)].map(([, name = '']) =>
        name.replace(/\$\{[^}]*\}/, 'REGION'),
      )
      const condition = part.split('"Condition" = ')[1] ?? ''
      const keys = [...condition.matchAll(/"((?:aws|s3|kms|sts):[\w:/-]+)" = /g)].map(([, key = '']) => key)
      return services.length > 0 ? [{ sid: /"(\w+)"/.exec(part)?.[1] ?? '', services, keys, text: part }] : []
    })
}

const policies = stackNames.flatMap((name) =>
  resourcesOf(makeStack(name, name === 'account' ? [] : ['service.separateWorker=true']))
    .map((resource) => ({ resource, statements: serviceStatements(resource) }))
    .filter(({ statements }) => statements.length > 0)
    .map((policy) => ({ ...policy, stack: name })),
)

t.test('policies for AWS services have only conditions that the service documents', async (t) => {
  t.ok(policies.length > 20, `${policies.length} policies`)
  for (const { stack, resource, statements } of policies) {
    for (const { sid, services, keys } of statements) {
      for (const service of services) {
        const known = documented[resource.type]?.[service]
        const which = `${stack} ${resource.address} ${sid}: ${service}`
        if (!known) t.fail(`${which} has no entry of documented conditions`)
        else
          t.strictSame(
            keys.filter((key) => !known.includes(key)),
            [],
            which,
          )
      }
    }
  }
})

const statement = (address: string, sid: string) =>
  policies
    .find(({ resource }) => resource.address === address)
    ?.statements.find((each) => each.sid === sid)
    ?.text.replaceAll(/\s+/g, ' ')

t.test('CloudTrail may assume the role of its logs without a condition', async (t) => {
  t.notMatch(statement('module.trail.aws_iam_role.log_writer', 'ServiceMayAssume') ?? 'missing', /Condition|missing/)
})

t.test('load balancers write below the path of this account, CloudFront by the statement that AWS adds', async (t) => {
  const policy = 'module.logs.aws_s3_bucket_policy.logs_policy'
  t.match(
    statement(policy, 'LoadBalancers'),
    /"Resource" = "\$\{aws_s3_bucket\.logs\.arn\}\/\*\/AWSLogs\/\$\{data\.aws_caller_identity\.current\.account_id\}\/\*"\}/,
  )
  const account = '\\$\\{data\\.aws_caller_identity\\.current\\.account_id\\}'
  const own = 'data\\.aws_caller_identity\\.current\\.account_id'
  t.match(
    statement(policy, 'AWSLogDeliveryWrite1'),
    new RegExp(
      [
        '"Effect" = "Allow", "Principal" = \\{"Service" = "delivery\\.logs\\.amazonaws\\.com"\\}, "Action" = "s3:PutObject", ',
        `"Resource" = "\\$\\{aws_s3_bucket\\.logs\\.arn\\}/cloudfront/AWSLogs/${account}/CloudFront/\\*", `,
        '"Condition" = \\{"StringEquals" = \\{"s3:x-amz-acl" = "bucket-owner-full-control", ',
        `"aws:SourceAccount" = ${own}\\}, "ArnLike" = \\{"aws:SourceArn" = `,
        `"arn:aws:logs:us-east-1:${account}:delivery-source:\\$\\{var\\.cloudfront_source\\}"\\}\\}\\}`,
      ].join(''),
    ),
  )
})
