import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { ImageNotFound } from '../domain/image-error.ts'
import type { PreparedImage } from './pipeline.ts'

/** The three objects of a picture. The original is evidence and never shown. */
export type ImageVariant = 'image' | 'thumbnail' | 'original'

export interface StoredImage {
  body: Readable
  /** Bytes; undefined if the store does not say. */
  contentLength: number | undefined
  contentType: string
}

export interface ListedImage {
  /** As `put` returned it, even if the image itself is missing because the write was interrupted. */
  key: string
  /** Of the newest object. */
  lastModified: Date
  /** Of all objects. */
  bytes: number
}

/** The stored parts of a picture. */
export type ImageSet = Pick<PreparedImage, 'upright' | 'original' | 'originalType'> & { thumbnail: Buffer }

/** Storage of pictures: a folder in development, S3 in production. */
export interface ImageStore {
  /** Stores the set and returns its key. The image is written last: if it exists, the set is complete. */
  put(image: ImageSet, now: Date): Promise<string>
  /** Throws ImageNotFound, also for a malformed key, and ImageArchived. The caller must read or destroy the body. */
  get(key: string, variant: ImageVariant): Promise<StoredImage>
  /** All sets in the order of their keys, including incomplete ones. */
  list(): AsyncIterable<ListedImage>
  /** Deletes the set, ignoring missing objects. Throws ImageNotFound for a malformed key. */
  delete(key: string): Promise<void>
  /**
   * Permanently deletes the set, including versions that could be restored. Returns the number of objects and versions
   * deleted. Throws ImageNotFound for a malformed key.
   */
  erase(key: string): Promise<number>
  /** Throws if the store cannot be used. */
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

/** A new key: analyses/YYYY/MM/DD/<uuid>/image.jpg, with the date in UTC. No part comes from the client. */
export function newImageKey(now: Date): string {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '/')
  return `${KEY_PREFIX}${day}/${randomUUID()}/${FILE_NAMES.image}`
}

/** The key of one of the three objects. Throws ImageNotFound for a malformed key. */
export function variantKey(key: string, variant: ImageVariant): string {
  const folder = KEY.exec(key)?.[1]
  if (folder === undefined) throw new ImageNotFound(key)
  return folder + FILE_NAMES[variant]
}

/** The image key that an object belongs to; null for foreign objects. */
export function imageKeyOf(objectKey: string): string | null {
  const folder = OBJECT.exec(objectKey)?.[1]
  if (folder === undefined) return null
  const key = folder + FILE_NAMES.image
  return KEY.test(key) ? key : null
}

/** Groups a listing in key order into one entry per picture. */
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
