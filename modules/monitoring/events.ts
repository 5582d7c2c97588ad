import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js'
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target/index.js'
import { DbEventSubscription } from '@cdktf/provider-aws/lib/db-event-subscription/index.js'
import { Fn } from 'cdktf'
import type { Construct } from 'constructs'
import { pageOf } from './alarm.ts'

interface Settings {
  readonly name: string
  readonly topicArn: string
  readonly serviceArn: string
  readonly databaseId: string
}

/** What has no metric and is told as it happens. */
export function events(scope: Construct, { name, topicArn, serviceArn, databaseId }: Settings): void {
  const tell = (
    id: string,
    description: string,
    pattern: object,
    paths: Record<string, string>,
    message: string,
    page: string,
  ) => {
    const rule = new CloudwatchEventRule(scope, id, {
      name: `${name}-${id.replaceAll('_', '-')}`,
      description,
      eventPattern: Fn.jsonencode(pattern),
    })
    new CloudwatchEventTarget(rule, 'mail', {
      rule: rule.name,
      targetId: 'alerts',
      arn: topicArn,
      inputTransformer: { inputPaths: paths, inputTemplate: JSON.stringify(`${message} ${pageOf(page)}`) },
    })
  }
  tell(
    'deployment_failed',
    'A deployment did not come up and is rolled back',
    {
      source: ['aws.ecs'],
      'detail-type': ['ECS Deployment State Change'],
      resources: [serviceArn],
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
    },
    { reason: '$.detail.reason', time: '$.time' },
    'Deployment failed at <time>: <reason>. The earlier version stays. To do: read the log streams of the new tasks (migrate, api), mend, and deploy again.',
    'deployment-failed',
  )
  tell(
    'rotation_failed',
    'Secrets Manager could not rotate a secret',
    {
      source: ['aws.secretsmanager'],
      'detail-type': ['AWS Service Event via CloudTrail'],
      detail: { eventName: ['RotationFailed'] },
    },
    { secret: '$.detail.additionalEventData.SecretId', time: '$.time' },
    'Rotation of <secret> failed at <time>. The old value stays valid. To do: read the log of the rotation function, mend, and rotate again (make rotate).',
    'rotation-errors',
  )
  new DbEventSubscription(scope, 'database', {
    name: `${name}-database`,
    snsTopic: topicArn,
    sourceType: 'db-instance',
    sourceIds: [databaseId],
    eventCategories: ['availability', 'failover', 'failure', 'low storage', 'recovery'],
  })
}
