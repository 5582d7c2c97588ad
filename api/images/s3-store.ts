import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3'
import { ImageArchived, ImageNotFound } from '../domain/image-error.ts'
import { awsSpans } from '../platform/observability/aws-spans.ts'
import { groupByImage, IMAGE_VARIANTS, type ImageStore, KEY_PREFIX, newImageKey, variantKey } from './store.ts'

export interface S3StoreOptions {
  bucket: string
  region: string
}

const CONNECT_TIMEOUT_MS = 1_000
/** Until the response headers arrive; 16 MB within a region take well under a second. */
const REQUEST_TIMEOUT_MS = 5_000
/** Between two chunks of a body. */
const IDLE_TIMEOUT_MS = 5_000
const ATTEMPTS = 3
/** Total time for storing a picture, so that the response comes before the load balancer's timeout. */
const PUT_TIMEOUT_MS = 12_000
const CHECK_TIMEOUT_MS = 3_000

/**
 * Image store in an S3 bucket, which defines encryption, versioning and storage classes. Needs s3:PutObject,
 * s3:GetObject and s3:ListBucket (without which a missing object is a 403); s3:DeleteObject to delete;
 * s3:ListBucketVersions and s3:DeleteObjectVersion to erase. The SDK reads endpoint and credentials from the
 * environment.
 */
export function createS3Store({ bucket, region }: S3StoreOptions): ImageStore {
  const client = new S3Client({
    region,
    // S3-compatible servers need path-style URLs.
    forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL),
    retryMode: 'standard',
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      socketTimeout: IDLE_TIMEOUT_MS,
    },
  })
  client.middlewareStack.add(awsSpans('S3'), { step: 'initialize', name: 'spans' })

  const putObject = (key: string, body: Buffer, contentType: string, abortSignal: AbortSignal): Promise<unknown> =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType }), {
      abortSignal,
    })

  async function* objects(): AsyncGenerator<{ key: string; lastModified: Date; bytes: number }> {
    for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: KEY_PREFIX })) {
      for (const { Key, LastModified, Size } of page.Contents ?? []) {
        if (Key && LastModified) yield { key: Key, lastModified: LastModified, bytes: Size ?? 0 }
      }
    }
  }

  return {
    async put({ upright, thumbnail, original, originalType }, now) {
      const key = newImageKey(now)
      const deadline = AbortSignal.timeout(PUT_TIMEOUT_MS)
      try {
        await Promise.all([
          putObject(variantKey(key, 'original'), original, originalType, deadline),
          putObject(variantKey(key, 'thumbnail'), thumbnail, 'image/jpeg', deadline),
        ])
        await putObject(key, upright.jpeg, 'image/jpeg', deadline)
        return key
      } catch (error) {
        throw deadline.aborted ? deadline.reason : error
      }
    },

    async get(key, variant) {
      try {
        const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: variantKey(key, variant) }))
        if (!(object.Body instanceof Readable)) throw new Error('S3 answered without a body')
        return {
          body: object.Body,
          contentLength: object.ContentLength,
          contentType: object.ContentType ?? 'application/octet-stream',
        }
      } catch (error) {
        const name = error instanceof Error ? error.name : ''
        if (name === 'NoSuchKey') throw new ImageNotFound(key, { cause: error })
        if (name === 'InvalidObjectState') throw new ImageArchived(key, { cause: error })
        throw error
      }
    },

    list: () => groupByImage(objects()),

    async delete(key) {
      // The image first, because its presence means that the set is complete.
      for (const variant of IMAGE_VARIANTS) {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: variantKey(key, variant) }))
      }
    },

    async erase(key) {
      const folder = variantKey(key, 'image').slice(0, -'image.jpg'.length)
      for (let erased = 0; ; ) {
        // Listed versions are gone by the next request, so the first page is always the next one.
        const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: folder }))
        const objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({
          Key,
          VersionId,
        }))
        if (objects.length === 0) return erased
        const answer = await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects } }))
        const [failed] = answer.Errors ?? []
        if (failed) throw new Error(`S3 did not delete a version of ${failed.Key}: ${failed.Code}`)
        erased += objects.length
      }
    },

    async check() {
      const abortSignal = AbortSignal.timeout(CHECK_TIMEOUT_MS)
      await client.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal })
    },

    async close() {
      client.destroy()
    },
  }
}
