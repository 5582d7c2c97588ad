import { Cloudtrail } from '@cdktf/provider-aws/lib/cloudtrail/index.js'
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js'
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region/index.js'
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js'
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js'
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js'
import { accessLog, accessLogInputs, policyOf, privateBucket } from '../bucket.ts'
import { defineModule } from '../define.ts'
import { policy, trust } from '../iam.ts'
import { flag, number, text, texts } from '../inputs.ts'
import { waive } from '../waive.ts'

/** Who did what in the account (guide, "Compliance": CloudTrail for all AWS API calls). */
export const trail = defineModule('trail', {
  description: 'CloudTrail of all regions with validation, in an encrypted bucket and in CloudWatch Logs',
  cost: 'the first trail of management events is free; 0.10 dollars for 100,000 reads of photos, 0.50 for a GB in CloudWatch Logs (unverified): a few dollars.',
  inputs: {
    name: text('Name of the trail', { default: 'wiko-trail' }),
    bucketName: text('Name of the bucket', { pattern: ['^[a-z0-9][a-z0-9.-]{2,62}$', 'Not a bucket name.'] }),
    kmsKeyArn: text('Key that encrypts the records'),
    bucketDays: number('Days that the bucket keeps the records', { default: 1827, min: 90 }),
    logDays: number('Days that CloudWatch Logs keeps the records, where they can be searched', {
      default: 365,
      min: 1,
    }),
    forceDestroy: flag('Delete the bucket even with records in it', { default: false }),
    objectBuckets: texts('Buckets whose single reads and writes are recorded too, by name', { default: [] }),
    ...accessLogInputs,
  },
  outputs: {
    arn: 'ARN of the trail',
    bucketName: 'Bucket of the records',
    logGroupName: 'Log group of the records',
  },
  resources(scope, input) {
    const account = new DataAwsCallerIdentity(scope, 'current', {}).accountId
    const region = new DataAwsRegion(scope, 'region', {}).id
    // The bucket must let the trail in before there is one, so the ARN is put together.
    const onlyThisTrail = { 'aws:SourceArn': `arn:aws:cloudtrail:${region}:${account}:trail/${input.name}` }
    const cloudtrail = { Service: ['cloudtrail.amazonaws.com'] }
    const bucket = privateBucket(scope, 'records', {
      name: input.bucketName,
      forceDestroy: input.forceDestroy,
      kmsKeyArn: input.kmsKeyArn,
      // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
      statements: (arn) => [
        {
          sid: 'CloudTrailLooks',
          actions: ['s3:GetBucketAcl'],
          resources: [arn],
          principals: cloudtrail,
          conditions: { StringEquals: onlyThisTrail },
        },
        {
          sid: 'CloudTrailWrites',
          actions: ['s3:PutObject'],
          resources: [`${arn}/AWSLogs/${account}/*`],
          principals: cloudtrail,
          conditions: { StringEquals: { ...onlyThisTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
        },
      ],
    })
    new S3BucketLifecycleConfiguration(bucket, 'lifecycle', {
      bucket: bucket.id,
      rule: [
        {
          id: 'expire',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          transition: [{ days: 90, storageClass: 'GLACIER_IR' }],
          expiration: [{ days: input.bucketDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: 90 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    })
    accessLog(bucket, input.logBucket, 's3/trail/')
    waive(bucket, 'CKV_AWS_144', 'CloudWatch Logs holds a second copy; another region would be a third')
    waive(bucket, 'CKV2_AWS_62', 'Nothing waits for a file of records')

    const logGroup = new CloudwatchLogGroup(scope, 'records_log', {
      name: `/cloudtrail/${input.name}`,
      retentionInDays: input.logDays,
      kmsKeyId: input.kmsKeyArn,
    })
    const writer = new IamRole(scope, 'log_writer', {
      namePrefix: `${input.name}-logs-`,
      // No condition: CloudTrail does not support aws:SourceAccount here, and CreateTrail fails with it.
      // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
      assumeRolePolicy: trust('cloudtrail.amazonaws.com'),
    })
    const mayWrite = new IamRolePolicy(scope, 'write_logs', {
      role: writer.id,
      policy: policy([
        {
          sid: 'WriteRecords',
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [`${logGroup.arn}:log-stream:${account}_CloudTrail_${region}*`],
        },
      ]),
    })
    const main = new Cloudtrail(scope, 'main', {
      name: input.name,
      s3BucketName: bucket.id,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      kmsKeyId: input.kmsKeyArn,
      cloudWatchLogsGroupArn: `${logGroup.arn}:*`,
      cloudWatchLogsRoleArn: writer.arn,
      advancedEventSelector: [
        { name: 'Management events', fieldSelector: [{ field: 'eventCategory', equalTo: ['Management'] }] },
      ],
      dependsOn: [policyOf(bucket), mayWrite],
    })
    main.addOverride('dynamic.advanced_event_selector', objectEvents)
    return { arn: main.arn, bucketName: bucket.bucket, logGroupName: logGroup.name }
  },
})

/** Who opened or changed which image: the account's own API calls do not tell. */
const objectEvents = {
  for_each: `\${length(var.object_buckets) > 0 ? [var.object_buckets] : []}`,
  content: {
    name: 'Objects',
    field_selector: [
      { field: 'eventCategory', equals: ['Data'] },
      { field: 'resources.type', equals: ['AWS::S3::Object'] },
      {
        field: 'resources.ARN',
        starts_with: `\${[for name in advanced_event_selector.value : "arn:aws:s3:::\${name}/"]}`,
      },
    ],
  },
}
