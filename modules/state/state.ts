import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js'
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging/index.js'
import { privateBucket } from '../bucket.ts'
import { defineModule } from '../define.ts'
import { flag, text } from '../inputs.ts'
import { waive } from '../waive.ts'

/** Synth-time choices of the state bucket. */
export interface StateOptions {
  /** Terraform refuses to destroy the bucket. A literal in Terraform, so not an input. */
  readonly preventDestroy: boolean
  /** S3 access logs into the bucket of `logBucket`: who read or wrote a state. */
  readonly accessLogs: boolean
}

const options: StateOptions = { preventDestroy: true, accessLogs: false }

/** Where Terraform keeps the state of all stacks. S3 locks it by itself (use_lockfile), without DynamoDB. */
export const state = defineModule('state', {
  description: 'Versioned and encrypted bucket of Terraform states',
  inputs: {
    bucketName: text('Name of the bucket', { pattern: ['^[a-z0-9][a-z0-9.-]{2,62}$', 'Not a bucket name.'] }),
    kmsKeyArn: text('Key that encrypts the states'),
    forceDestroy: flag('Delete the bucket even with states in it', { default: false }),
    logBucket: text('Bucket of access logs, with the option accessLogs', { default: null }),
  },
  options,
  outputs: {
    bucketName: 'Name of the bucket: the setting backend.bucket of all stacks',
    bucketArn: 'ARN of the bucket',
  },
  resources(scope, input, { preventDestroy, accessLogs }) {
    const bucket = privateBucket(scope, 'state', {
      name: input.bucketName,
      forceDestroy: input.forceDestroy,
      kmsKeyArn: input.kmsKeyArn,
      preventDestroy,
    })
    if (accessLogs) {
      new S3BucketLoggingA(bucket, 'access_logs', {
        bucket: bucket.id,
        targetBucket: input.logBucket,
        targetPrefix: 's3/state/',
      })
    }
    waive(bucket, 'CKV_AWS_144', 'A lost state can be imported again; older versions are kept')
    waive(bucket, 'CKV2_AWS_62', 'Nobody waits for states')
    new S3BucketLifecycleConfiguration(bucket, 'lifecycle', {
      bucket: bucket.id,
      rule: [
        {
          // A damaged state is brought back from an older version: the last ten stay for good.
          id: 'OldStates',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          noncurrentVersionExpiration: [{ noncurrentDays: 90, newerNoncurrentVersions: 10 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    })
    return { bucketName: bucket.bucket, bucketArn: bucket.arn }
  },
})
