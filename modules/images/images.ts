import { S3BucketCorsConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-cors-configuration/index.js'
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js'
import { S3BucketMetric } from '@cdktf/provider-aws/lib/s3-bucket-metric/index.js'
import { Fn } from 'cdktf'
import { accessLog, accessLogInputs, privateBucket } from '../bucket.ts'
import { defineModule } from '../define.ts'
import { onlyIf } from '../each.ts'
import { flag, number, text, texts } from '../inputs.ts'
import { waive } from '../waive.ts'

/** How old images are kept. */
export const archives = {
  /** Opens at once, for a higher price per read. */
  'glacier-instant': 'GLACIER_IR',
  /** As the guide has it: hours to restore. */
  glacier: 'GLACIER',
  /** S3 moves each image by its use (guide, cost tips). */
  intelligent: 'INTELLIGENT_TIERING',
} as const
export type Archive = keyof typeof archives

/** The uploaded images (guide, component 5). */
export const images = defineModule('images', {
  description: 'Private, versioned bucket of the uploaded images, with their move to cheaper storage',
  inputs: {
    bucketName: text('Name of the bucket', { pattern: ['^[a-z0-9][a-z0-9.-]{2,62}$', 'Not a bucket name.'] }),
    archive: text('How old images are kept: opened at once, restored in hours, or moved by S3 by their use', {
      default: 'glacier-instant',
      oneOf: ['glacier-instant', 'glacier', 'intelligent'],
    }),
    corsOrigins: texts('Origins whose pages may read images by script; an <img> needs none', {
      default: [],
      rule: [
        'alltrue([for origin in value : can(regex("^https?://[^/]+$", origin))])',
        'Must be origins without a path, such as https://app.example.com.',
      ],
    }),
    archiveAfterDays: number('Days after which images move to cheaper storage', { default: 90, min: 30 }),
    keepOldVersionsDays: number('Days that replaced and deleted images can be brought back', { default: 90, min: 1 }),
    forceDestroy: flag('Delete the bucket even with images in it', { default: false }),
    ...accessLogInputs,
  },
  outputs: { bucketName: 'Name of the bucket', bucketArn: 'ARN of the bucket' },
  resources(scope, input) {
    const bucket = privateBucket(scope, 'images', {
      name: input.bucketName,
      forceDestroy: input.forceDestroy,
      // AES-256 with S3's keys: guide 2.3. Versioning, in privateBucket: guide 2.3.
    })
    waive(
      bucket,
      'CKV_AWS_145',
      'AES-256 with the keys of S3, as the guide has it: a key of our own would be paid for each image',
    )
    waive(bucket, 'CKV_AWS_144', 'Versioning and three zones, as the guide has it; a second region doubles the cost')
    waive(bucket, 'CKV2_AWS_62', 'The API writes every image itself and knows of it')
    new S3BucketLifecycleConfiguration(bucket, 'lifecycle', {
      bucket: bucket.id,
      rule: [
        {
          id: 'MoveToGlacier', // guide 2.3
          status: 'Enabled',
          filter: [{ prefix: '' }],
          transition: [{ days: input.archiveAfterDays, storageClass: Fn.lookup(archives, input.archive) }],
          noncurrentVersionExpiration: [{ noncurrentDays: input.keepOldVersionsDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
        {
          // What a deletion leaves once its versions have expired.
          id: 'RemoveEmptyDeleteMarkers',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
      ],
    })
    new S3BucketMetric(bucket, 'requests', { bucket: bucket.id, name: 'EntireBucket' }) // guide, "S3 request rate"
    const cors = new S3BucketCorsConfiguration(bucket, 'cors', {
      bucket: bucket.id,
      corsRule: [{ allowedMethods: ['GET', 'HEAD'], allowedOrigins: input.corsOrigins, maxAgeSeconds: 3600 }],
    })
    onlyIf(cors, 'length(var.cors_origins) > 0')
    accessLog(bucket, input.logBucket, 's3/images/')
    return { bucketName: bucket.bucket, bucketArn: bucket.arn }
  },
})
