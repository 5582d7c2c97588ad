import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js'
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging/index.js'
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js'
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js'
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js'
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js'
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning/index.js'
import type { IResolvable } from 'cdktf'
import type { Construct } from 'constructs'
import { onlyIf } from './each.ts'
import { policy, type Statement } from './iam.ts'
import { flag, text } from './inputs.ts'

interface BucketSettings {
  readonly name: string
  /** Deletes the bucket with all that is in it. */
  readonly forceDestroy: boolean | IResolvable
  /** Key of our own; without it AES-256 with keys of S3. */
  readonly kmsKeyArn?: string
  /** Further statements of the bucket's policy, given the bucket's ARN. */
  readonly statements?: (arn: string) => readonly Statement[]
  /** A bucket that may not be destroyed by Terraform at all. */
  readonly preventDestroy?: boolean
}

/** A bucket as all of ours are: closed to the public, without ACLs, versioned, encrypted, by TLS only. */
export function privateBucket(scope: Construct, id: string, settings: BucketSettings): S3Bucket {
  const { name, forceDestroy, kmsKeyArn, statements, preventDestroy } = settings
  const bucket = new S3Bucket(scope, id, {
    bucket: name,
    forceDestroy,
    ...(preventDestroy ? { lifecycle: { preventDestroy } } : {}),
  })
  const closed = new S3BucketPublicAccessBlock(bucket, 'closed', {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  })
  new S3BucketOwnershipControls(bucket, 'ownership', {
    bucket: bucket.id,
    rule: { objectOwnership: 'BucketOwnerEnforced' },
  })
  new S3BucketVersioningA(bucket, 'versioning', {
    bucket: bucket.id,
    versioningConfiguration: { status: 'Enabled' },
  })
  new S3BucketServerSideEncryptionConfigurationA(bucket, 'encryption', {
    bucket: bucket.id,
    rule: [
      {
        applyServerSideEncryptionByDefault: kmsKeyArn
          ? { sseAlgorithm: 'aws:kms', kmsMasterKeyId: kmsKeyArn }
          : { sseAlgorithm: 'AES256' },
        bucketKeyEnabled: kmsKeyArn !== undefined,
      },
    ],
  })
  new S3BucketPolicy(bucket, 'policy', {
    bucket: bucket.id,
    policy: policy([
      {
        sid: 'TlsOnly',
        effect: 'Deny',
        principals: '*',
        actions: ['s3:*'],
        resources: [bucket.arn, `${bucket.arn}/*`],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      ...(statements?.(bucket.arn) ?? []),
    ]),
    dependsOn: [closed], // S3 refuses two changes of a bucket's access at once
  })
  return bucket
}

/** A switch of its own: whether the name is known before an apply must not decide whether there are logs. */
export const accessLogInputs = {
  accessLogs: flag('Write S3 access logs into the bucket of log_bucket', {
    default: false,
    rule: ['!value || var.log_bucket != null', 'Name the bucket of access logs in log_bucket.'],
  }),
  logBucket: text('Name of the bucket of access logs', {
    default: null,
  }),
} as const

/** S3 access logs of such a bucket, where the module's `access_logs` asks for them. */
export function accessLog(bucket: S3Bucket, logBucket: string, prefix: string): void {
  const logging = new S3BucketLoggingA(bucket, 'access_logs', {
    bucket: bucket.id,
    targetBucket: logBucket,
    targetPrefix: prefix,
  })
  onlyIf(logging, 'var.access_logs')
}

/** The policy of such a bucket, for what must wait until AWS lets its services in. */
export function policyOf(bucket: S3Bucket): S3BucketPolicy {
  const child = bucket.node.findChild('policy')
  if (!(child instanceof S3BucketPolicy)) throw new Error(`${bucket.node.path} is no bucket of privateBucket()`)
  return child
}
