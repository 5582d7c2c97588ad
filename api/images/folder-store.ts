import { constants } from 'node:fs'
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ImageNotFound } from '../domain/image-error.ts'
import { sniffImage } from './sniff.ts'
import { groupByImage, type ImageStore, KEY_PREFIX, newImageKey, variantKey } from './store.ts'

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** A crash leaves either the whole file or none. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const temporary = `${path}.part`
  const file = await open(temporary, 'w')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
}

/** Files below a folder in the order of their names, as '/'-separated paths relative to `root`. */
async function* walk(root: string, below: string): AsyncGenerator<{ key: string; lastModified: Date; bytes: number }> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const key = `${below}${entry.name}`
    if (entry.isDirectory()) {
      yield* walk(root, `${key}/`)
    } else if (entry.isFile()) {
      const found = await stat(join(root, key)).catch((error: unknown) => {
        if (isMissing(error)) return null
        throw error
      })
      if (found) yield { key, lastModified: found.mtime, bytes: found.size }
    }
  }
}

/** Image store in a folder, for development and tests. The folder is created on first use. */
export function createFolderStore(root: string): ImageStore {
  const remove = async (key: string): Promise<void> => {
    await rm(join(root, variantKey(key, 'image')), { force: true })
    await rm(dirname(join(root, key)), { recursive: true, force: true })
  }

  return {
    async put({ upright, thumbnail, original }, now) {
      const key = newImageKey(now)
      const path = join(root, key)
      await mkdir(dirname(path), { recursive: true })
      await writeWhole(join(root, variantKey(key, 'original')), original)
      await writeWhole(join(root, variantKey(key, 'thumbnail')), thumbnail)
      await writeWhole(path, upright.jpeg)
      return key
    },

    async get(key, variant) {
      const path = join(root, variantKey(key, variant))
      const file = await open(path).catch((error: unknown) => {
        throw isMissing(error) ? new ImageNotFound(key, { cause: error }) : error
      })
      try {
        const { size } = await file.stat()
        const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0)
        const type = sniffImage(buffer.subarray(0, bytesRead))
        return {
          body: file.createReadStream({ start: 0 }),
          contentLength: size,
          contentType: type === null ? 'application/octet-stream' : `image/${type}`,
        }
      } catch (error) {
        await file.close()
        throw error
      }
    },

    list: () => groupByImage(walk(root, KEY_PREFIX)),

    delete: remove,

    async erase(key) {
      const present = await readdir(dirname(join(root, variantKey(key, 'image')))).catch((error: unknown) => {
        if (isMissing(error)) return []
        throw error
      })
      await remove(key)
      return present.length
    },

    async check() {
      await mkdir(root, { recursive: true })
      await access(root, constants.R_OK | constants.W_OK)
    },

    async close() {},
  }
}
