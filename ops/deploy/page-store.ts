import { DeleteObjectsCommand, GetObjectCommand, PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3'
import { AwsError, isAwsError } from '../aws/error.ts'
import type { PageFile } from './page-build.ts'
import type { Place } from './target.ts'

/** An object of the page's bucket. */
export interface Stored {
  readonly key: string
  readonly modified: Date
}

/** The page's bucket. Failed calls throw AwsError. */
export interface PageStore {
  list(prefix?: string): Promise<Stored[]>
  /** The object's text; undefined if it does not exist. */
  read(key: string): Promise<string | undefined>
  put(file: Pick<PageFile, 'key' | 'type' | 'cacheControl'>, body: Buffer | string): Promise<void>
  remove(keys: readonly string[]): Promise<void>
}

/** S3's limit per call. */
const MOST_DELETED = 1000

/** Opens the bucket of an environment's page. */
export function openPageStore({ aws, pageBucket: Bucket }: Pick<Place, 'aws' | 'pageBucket'>): PageStore {
  const client = aws.s3
  const withBucket = (error: unknown): never => {
    throw error instanceof AwsError ? new AwsError(error.code, `${Bucket}: ${error.message}`, { cause: error }) : error
  }
  return {
    async list(Prefix = '') {
      const found: Stored[] = []
      try {
        for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
          for (const { Key, LastModified } of Contents) {
            if (Key && LastModified) found.push({ key: Key, modified: LastModified })
          }
        }
      } catch (error) {
        withBucket(error)
      }
      return found
    },
    async read(Key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }))
        return await Body?.transformToString()
      } catch (error) {
        return isAwsError(error, 'NoSuchKey') ? undefined : withBucket(error)
      }
    },
    async put({ key: Key, type: ContentType, cacheControl: CacheControl }, Body) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, CacheControl })).catch(withBucket)
    },
    async remove(keys) {
      for (let at = 0; at < keys.length; at += MOST_DELETED) {
        const Objects = keys.slice(at, at + MOST_DELETED).map((Key) => ({ Key }))
        const { Errors = [] } = await client
          .send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
          .catch(withBucket)
        const [first] = Errors
        if (first) throw new AwsError(first.Code ?? 'Error', `${Bucket}/${first.Key} was not deleted: ${first.Message}`)
      }
    },
  }
}
