import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region/index.js'
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias/index.js'
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js'
import { defineModule } from '../define.ts'
import { policy } from '../iam.ts'
import { number, text } from '../inputs.ts'

/** Services that publish to an encrypted SNS topic; with the AWS-managed key their messages would be dropped without a word. */
const publishers = ['cloudwatch.amazonaws.com', 'events.rds.amazonaws.com', 'budgets.amazonaws.com']

/** One key of our own for logs, secrets, database, cache and alarms: who may decrypt is then written in one place. */
export const encryption = defineModule('encryption', {
  description: 'Customer-managed key with the permissions that AWS services need',
  inputs: {
    name: text('Alias of the key', { pattern: ['^[a-zA-Z0-9/_-]+$', 'Letters, digits, /, _ and -.'] }),
    deletionDays: number('Days between a deletion and its effect', { default: 30, min: 7, max: 30 }),
  },
  outputs: { keyArn: 'ARN of the key' },
  resources(scope, input) {
    const account = new DataAwsCallerIdentity(scope, 'current', {})
    const region = new DataAwsRegion(scope, 'region', {})
    const trails = `arn:aws:cloudtrail:*:${account.accountId}:trail/*`
    const key = new KmsKey(scope, 'main', {
      description: input.name,
      enableKeyRotation: true,
      deletionWindowInDays: input.deletionDays,
      policy: policy([
        {
          // The account's IAM policies decide; without this statement nobody could ever change the key.
          sid: 'IamPoliciesDecide',
          actions: ['kms:*'],
          resources: ['*'],
          principals: { AWS: [`arn:aws:iam::${account.accountId}:root`] },
        },
        {
          // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
          sid: 'LogGroupsOfThisAccount',
          actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
          resources: ['*'],
          principals: { Service: [`logs.${region.id}.amazonaws.com`] },
          conditions: {
            ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region.id}:${account.accountId}:*` },
          },
        },
        {
          // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
          // https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
          sid: 'AlarmsIntoEncryptedTopics',
          actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          resources: ['*'],
          principals: { Service: publishers },
          conditions: { StringEquals: { 'aws:SourceAccount': account.accountId } },
        },
        {
          // Without a condition: EventBridge documents none for an encrypted topic, and a deployment that was rolled back must not stay
          // silent. The topic's policy decides who publishes. https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
          sid: 'EventsIntoEncryptedTopics',
          actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          resources: ['*'],
          principals: { Service: ['events.amazonaws.com'] },
        },
        {
          // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
          sid: 'TrailsOfThisAccount',
          actions: ['kms:GenerateDataKey*'],
          resources: ['*'],
          principals: { Service: ['cloudtrail.amazonaws.com'] },
          conditions: {
            ArnLike: { 'aws:SourceArn': trails },
            StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': trails },
          },
        },
        {
          sid: 'TrailsLookAtTheKey', // without an encryption context, and so with a statement of its own
          actions: ['kms:DescribeKey'],
          resources: ['*'],
          principals: { Service: ['cloudtrail.amazonaws.com'] },
          conditions: { ArnLike: { 'aws:SourceArn': trails } },
        },
      ]),
    })
    new KmsAlias(scope, 'alias', { name: `alias/${input.name}`, targetKeyId: key.keyId })
    return { keyArn: key.arn }
  },
})
