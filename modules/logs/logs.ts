import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js'
import { policyOf, privateBucket } from '../bucket.ts'
import { defineModule } from '../define.ts'
import { flag, number, text } from '../inputs.ts'
import { waive } from '../waive.ts'

/** Who may put logs here, of this account only. */
const writers = [
  { sid: 'LoadBalancers', service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
  { sid: 'CloudFront', service: 'delivery.logs.amazonaws.com' },
  { sid: 'S3', service: 'logging.s3.amazonaws.com' },
] as const

/** Where the load balancer, CloudFront and S3 put their access logs. */
export const logs = defineModule('logs', {
  description: 'Bucket of access logs, writable by the load balancer, CloudFront and S3 of this account only',
  inputs: {
    bucketName: text('Name of the bucket'),
    days: number('Days that access logs are kept', { default: 365, min: 1 }),
    forceDestroy: flag('Delete the bucket even with logs in it', { default: false }),
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
      statements: (arn) =>
        writers.map(({ sid, service }) => ({
          sid,
          actions: ['s3:PutObject'],
          resources: [`${arn}/*`],
          principals: { Service: [service] },
          conditions: { StringEquals: { 'aws:SourceAccount': account.accountId } },
        })),
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
