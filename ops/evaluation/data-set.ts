import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { BoundingBox } from '../../api/domain/box.ts'

/** Raised for a folder that cannot be used; the message is for the person at the terminal. */
export class DataSetError extends Error {}

const Manifest = Type.Object({
  dataset: Type.String(),
  items: Type.Array(
    Type.Object({
      file: Type.String(),
      defect: Type.Boolean(),
      /** x, y, width, height in pixels of the picture. */
      boxes: Type.Array(Type.Array(Type.Number(), { minItems: 4, maxItems: 4 })),
      /** False where a defect has no box on record. */
      boxesKnown: Type.Optional(Type.Boolean()),
    }),
  ),
})

export type Half = 'tuning' | 'quoted'

export interface LabelledPicture {
  path: string
  half: Half
  defect: boolean
  /** Null where nobody drew them. */
  boxes: BoundingBox[] | null
}

export interface DataSet {
  name: string
  pictures: LabelledPicture[]
}

/** Halves by the SHA-1 of the file name: even is for tuning, odd is what figures are quoted from. */
const halfOf = (file: string): Half =>
  Number.parseInt(createHash('sha1').update(file).digest('hex').slice(-1), 16) % 2 === 0 ? 'tuning' : 'quoted'

/** Reads a folder that holds pictures and a manifest.json. Throws DataSetError. */
export const readDataSet = async (folder: string): Promise<DataSet> => {
  const path = join(folder, 'manifest.json')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new DataSetError(`${path} cannot be read (${error.code}): name a folder that holds a manifest.json`)
  })
  let manifest: unknown
  try {
    manifest = JSON.parse(text)
  } catch {
    throw new DataSetError(`${path} is not JSON`)
  }
  if (!Value.Check(Manifest, manifest)) {
    throw new DataSetError(`${path} lists no labelled pictures: every item needs file, defect and boxes`)
  }
  return {
    name: manifest.dataset,
    pictures: manifest.items.map(({ file, defect, boxes, boxesKnown }) => ({
      path: join(folder, file),
      half: halfOf(basename(file)),
      defect,
      boxes:
        boxesKnown === false || (defect && boxes.length === 0)
          ? null
          : boxes.map(([x = 0, y = 0, width = 0, height = 0]) => ({ x, y, width, height })),
    })),
  }
}

/** The data sets below a folder; folders without labelled pictures are passed over. Throws DataSetError where there is none. */
export const readDataSets = async (parent: string): Promise<DataSet[]> => {
  const entries = await readdir(parent, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new DataSetError(`${parent} cannot be read (${error.code}): name folders that hold a manifest.json`)
  })
  const found: DataSet[] = []
  for (const entry of entries.filter((one) => one.isDirectory())) {
    try {
      found.push(await readDataSet(join(parent, entry.name)))
    } catch (error) {
      if (!(error instanceof DataSetError)) throw error
    }
  }
  if (found.length === 0) throw new DataSetError(`${parent} holds no folder with labelled pictures`)
  return found
}
