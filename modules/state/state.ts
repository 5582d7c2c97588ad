import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js'
import { accessLog, accessLogInputs, privateBucket } from '../bucket.ts'
import { defineModule } from '../define.ts'
import { flag, text } from '../inputs.ts'
import { waive } from '../waive.ts'

/** Synth-time choices of the state bucket. */
export interface StateOptions {
  /** Terraform refuses to destroy the bucket. A literal in Terraform, so not an input. */
  readonly preventDestroy: boolean
}

const options: StateOptions = { preventDestroy: true }

/** Where Terraform keeps the state of all stacks. S3 locks it by itself (use_lockfile), without DynamoDB. */
export const state = defineModule('state', {
  description: 'Versioned and encrypted bucket of Terraform states',
  inputs: {
    bucketName: text('Name of the bucket', { pattern: ['^[a-z0-9][a-z0-9.-]{2,62}$', 'Not a bucket name.'] }),
    kmsKeyArn: text('Key that encrypts the states'),
    forceDestroy: flag('Delete the bucket even with states in it', { default: false }),
    ...accessLogInputs, // who read or wrote a state
  },
  options,
  outputs: {
    bucketName: 'Name of the bucket: the setting backend.bucket of all stacks',
    bucketArn: 'ARN of the bucket',
  },
  resources(scope, input, { preventDestroy }) {
    const bucket = privateBucket(scope, 'state', {
      name: input.bucketName,
      forceDestroy: input.forceDestroy,
      kmsKeyArn: input.kmsKeyArn,
      preventDestroy,
    })
    accessLog(bucket, input.logBucket, 's3/state/')
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
