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
      publish('Alarms', 'cloudwatch.amazonaws.com', fromHere),
      publish('DatabaseEvents', 'events.rds.amazonaws.com', fromHere),
      publish('Events', 'events.amazonaws.com'), // without a condition: whether EventBridge names its account to SNS is unverified
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
