import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js'
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy/index.js'
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js'
import { TerraformIterator } from 'cdktf'
import type { Construct } from 'constructs'
import { policy } from '../iam.ts'

interface Settings {
  readonly name: string
  readonly kmsKeyArn: string
  /** The task role that delivers events. */
  readonly publisherArn: string
  readonly emails: string[]
}

/** Critical verdicts, for whoever stops the line: read by mail or by systems of the plant. */
export function criticalTopic(scope: Construct, { name, kmsKeyArn, publisherArn, emails }: Settings): SnsTopic {
  const topic = new SnsTopic(scope, 'critical', { name, kmsMasterKeyId: kmsKeyArn })
  const deny = (sid: string, conditions: Record<string, Record<string, string>>) => ({
    sid,
    effect: 'Deny' as const,
    actions: ['sns:Publish'],
    resources: [topic.arn],
    principals: '*' as const,
    conditions,
  })
  // Nothing is allowed here: the role's own policy allows. The role is named by a condition, as SNS refuses a principal that does not
  // exist yet.
  new SnsTopicPolicy(topic, 'policy', {
    arn: topic.arn,
    policy: policy([
      deny('TasksOnly', { ArnNotEquals: { 'aws:PrincipalArn': publisherArn } }),
      deny('TlsOnly', { Bool: { 'aws:SecureTransport': 'false' } }),
    ]),
  })
  // One for each address, by the address: taking one away moves no other.
  const each = TerraformIterator.fromList(emails)
  new SnsTopicSubscription(scope, 'critical_email', {
    forEach: each,
    topicArn: topic.arn,
    protocol: 'email',
    endpoint: each.value,
  })
  return topic
}
