import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { ImageNotFound } from '../domain/image-error.ts'
import type { PreparedImage } from './pipeline.ts'

/** The three objects of one picture. The original is evidence and never shown. */
export type ImageVariant = 'image' | 'thumbnail' | 'original'

export interface StoredImage {
  body: Readable
  /** Bytes; undefined where the store does not say. */
  contentLength: number | undefined
  contentType: string
}

export interface ListedImage {
  /** As `put` returned it, also where the image itself is missing because writing it was cut short. */
  key: string
  /** Of the newest of its objects. */
  lastModified: Date
  /** Of all its objects. */
  bytes: number
}

/** What is stored of one picture. */
export type ImageSet = Pick<PreparedImage, 'upright' | 'original' | 'originalType'> & { thumbnail: Buffer }

/** Where pictures lie: a folder in development, S3 in production. */
export interface ImageStore {
  /** Stores the set and returns its key. The image is written last: where it exists, the set is whole. */
  put(image: ImageSet, now: Date): Promise<string>
  /** Throws ImageNotFound, also for a key that is not ours, and ImageArchived. The caller reads or destroys the body. */
  get(key: string, variant: ImageVariant): Promise<StoredImage>
  /** All sets, incomplete ones included, in the order of their keys. */
  list(): AsyncIterable<ListedImage>
  /** Removes the set; what is not there is no error. Throws ImageNotFound for a key that is not ours. */
  delete(key: string): Promise<void>
  /**
   * Removes the set for good, with what earlier deletions left to be brought back. Returns how many objects and versions went.
   * Throws ImageNotFound for a key that is not ours.
   */
  erase(key: string): Promise<number>
  /** Throws where the store cannot be used. */
  check(): Promise<void>
  close(): Promise<void>
}

export const KEY_PREFIX = 'analyses/'
export const IMAGE_VARIANTS: readonly ImageVariant[] = ['image', 'thumbnail', 'original']

const FILE_NAMES: Record<ImageVariant, string> = {
  image: 'image.jpg',
  thumbnail: 'thumbnail.jpg',
  original: 'original',
}
const KEY = /^(analyses\/\d{4}\/\d{2}\/\d{2}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/)image\.jpg$/
const OBJECT = /^(analyses\/.+\/)(?:image\.jpg|thumbnail\.jpg|original)$/

/** A new key: analyses/YYYY/MM/DD/<uuid>/image.jpg, the date in UTC. Nothing of it comes from the client. */
export function newImageKey(now: Date): string {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '/')
  return `${KEY_PREFIX}${day}/${randomUUID()}/${FILE_NAMES.image}`
}

/** The key of one of the three objects. Throws ImageNotFound where the key is not of our making. */
export function variantKey(key: string, variant: ImageVariant): string {
  const folder = KEY.exec(key)?.[1]
  if (folder === undefined) throw new ImageNotFound(key)
  return folder + FILE_NAMES[variant]
}

/** The image key that an object belongs to; null for what is not ours. */
export function imageKeyOf(objectKey: string): string | null {
  const folder = OBJECT.exec(objectKey)?.[1]
  if (folder === undefined) return null
  const key = folder + FILE_NAMES.image
  return KEY.test(key) ? key : null
}

/** Joins the objects of a listing in key order into one entry a picture. */
export async function* groupByImage(
  objects: AsyncIterable<{ key: string; lastModified: Date; bytes: number }>,
): AsyncGenerator<ListedImage> {
  let current = null as ListedImage | null
  for await (const object of objects) {
    const key = imageKeyOf(object.key)
    if (key === null) continue
    if (current?.key === key) {
      current.bytes += object.bytes
      if (object.lastModified > current.lastModified) current.lastModified = object.lastModified
    } else {
      if (current) yield current
      current = { key, lastModified: object.lastModified, bytes: object.bytes }
    }
  }
  if (current) yield current
}
