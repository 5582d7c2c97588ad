import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js'
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy/index.js'
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js'
import { TerraformIterator } from 'cdktf'
import type { Construct } from 'constructs'
import { policy } from '../iam.ts'

interface Settings {
  readonly name: string
  readonly kmsKeyArn: string
  readonly accountId: string
  readonly emails: string[]
}

/** Guide 6.2: a topic for all alarms, read by mail. */
export function topic(scope: Construct, { name, kmsKeyArn, accountId, emails }: Settings): SnsTopic {
  const alerts = new SnsTopic(scope, 'alerts', { name, kmsMasterKeyId: kmsKeyArn }) // guide 6.2
  const fromHere = { StringEquals: { 'aws:SourceAccount': accountId } }
  const publish = (sid: string, service: string, conditions?: typeof fromHere) => ({
    sid,
    actions: ['sns:Publish'],
    resources: [alerts.arn],
    principals: { Service: [service] },
    ...(conditions ? { conditions } : {}),
  })
  new SnsTopicPolicy(alerts, 'policy', {
    arn: alerts.arn,
    policy: policy([
      // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
      publish('Alarms', 'cloudwatch.amazonaws.com', fromHere),
      // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.GrantingPermissions.html
      publish('DatabaseEvents', 'events.rds.amazonaws.com', fromHere),
      // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html documents no condition for a topic
      publish('Events', 'events.amazonaws.com'),
      {
        sid: 'TlsOnly',
        effect: 'Deny',
        actions: ['sns:Publish'],
        resources: [alerts.arn],
        principals: '*',
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]),
  })
  // One for each address, by the address: taking one away moves no other.
  const each = TerraformIterator.fromList(emails)
  new SnsTopicSubscription(scope, 'email', {
    forEach: each,
    topicArn: alerts.arn,
    protocol: 'email', // guide 6.2
    endpoint: each.value,
  })
  return alerts
}
