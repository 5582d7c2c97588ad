import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js'
import { policyOf, privateBucket } from '../bucket.ts'
import { defineModule } from '../define.ts'
import type { Statement } from '../iam.ts'
import { flag, number, text } from '../inputs.ts'
import { waive } from '../waive.ts'
import { cloudfrontPrefix } from '../website/access-logs.ts'

interface Place {
  readonly bucketArn: string
  readonly accountId: string
  /** Name of the delivery source of CloudFront's logs, or a pattern of names. */
  readonly cloudfrontSource: string
}

/** Who may put logs here, of this account only: each statement as its service documents it. */
const writers = ({ bucketArn, accountId, cloudfrontSource }: Place): readonly Statement[] => [
  {
    // By resource path only; the service documents no condition.
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
    sid: 'LoadBalancers',
    actions: ['s3:PutObject'],
    resources: [`${bucketArn}/*/AWSLogs/${accountId}/*`],
    principals: { Service: ['logdelivery.elasticloadbalancing.amazonaws.com'] },
  },
  {
    // As the service itself adds it to a policy that lacks it: any difference would come back as drift, name included.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
    sid: 'AWSLogDeliveryWrite1',
    actions: ['s3:PutObject'],
    resources: [`${bucketArn}/${cloudfrontPrefix}/AWSLogs/${accountId}/CloudFront/*`],
    principals: { Service: ['delivery.logs.amazonaws.com'] },
    conditions: {
      StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': accountId },
      ArnLike: { 'aws:SourceArn': `arn:aws:logs:us-east-1:${accountId}:delivery-source:${cloudfrontSource}` },
    },
  },
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    sid: 'S3',
    actions: ['s3:PutObject'],
    resources: [`${bucketArn}/*`],
    principals: { Service: ['logging.s3.amazonaws.com'] },
    conditions: { StringEquals: { 'aws:SourceAccount': accountId } },
  },
]

/** Where the load balancer, CloudFront and S3 put their access logs. */
export const logs = defineModule('logs', {
  description: 'Bucket of access logs, writable by the load balancer, CloudFront and S3 of this account only',
  inputs: {
    bucketName: text('Name of the bucket'),
    days: number('Days that access logs are kept', { default: 365, min: 1 }),
    forceDestroy: flag('Delete the bucket even with logs in it', { default: false }),
    cloudfrontSource: text('Name of the delivery source of the logs of CloudFront (default: any of this account)', {
      default: '*',
    }),
  },
  outputs: {
    bucketName: 'Name of the bucket',
    bucketArn: 'ARN of the bucket',
    bucketDomainName: 'Regional domain name of the bucket',
  },
  resources(scope, input) {
    const account = new DataAwsCallerIdentity(scope, 'current', {})
    const bucket = privateBucket(scope, 'logs', {
      name: input.bucketName,
      forceDestroy: input.forceDestroy,
      // The load balancer can only write where S3's own keys encrypt, so no key of ours here.
      statements: (bucketArn) =>
        writers({ bucketArn, accountId: account.accountId, cloudfrontSource: input.cloudfrontSource }),
    })
    waive(bucket, 'CKV_AWS_18', 'The bucket of access logs itself')
    waive(bucket, 'CKV_AWS_145', 'Load balancers can only write where the keys of S3 encrypt')
    waive(bucket, 'CKV_AWS_144', 'Access logs are not worth a second region')
    waive(bucket, 'CKV2_AWS_62', 'Nobody waits for access logs')
    new S3BucketLifecycleConfiguration(bucket, 'lifecycle', {
      bucket: bucket.id,
      rule: [
        {
          id: 'expire',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ days: input.days }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    })
    return {
      bucketName: policyOf(bucket).bucket,
      bucketArn: bucket.arn,
      bucketDomainName: bucket.bucketRegionalDomainName,
    }
  },
})
