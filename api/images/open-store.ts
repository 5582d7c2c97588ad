import { join } from 'node:path'
import { createFolderStore } from './folder-store.ts'
import { createS3Store } from './s3-store.ts'
import type { ImageStore } from './store.ts'

/** The bucket if one is configured, otherwise a folder under the data directory. */
export function openImageStore(config: {
  imagesBucket: string | null
  awsRegion: string
  dataDir: string
}): ImageStore {
  return config.imagesBucket === null
    ? createFolderStore(join(config.dataDir, 'images'))
    : createS3Store({ bucket: config.imagesBucket, region: config.awsRegion })
}
