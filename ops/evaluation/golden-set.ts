import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { BoundingBox } from '../../api/domain/box.ts'
import { DataSetError } from './data-set.ts'

const Manifest = Type.Object({
  dataset: Type.String(),
  kind: Type.Literal('golden'),
  stations: Type.Array(
    Type.Object({
      station: Type.String(),
      /** In the order of use: with N goldens, the first N. */
      golden: Type.Array(Type.String(), { minItems: 1 }),
      good: Type.Array(Type.String()),
      bad: Type.Array(
        Type.Object({
          file: Type.String(),
          /** x, y, width, height in pixels of the upright photo; null where nobody drew them. */
          boxes: Type.Union([
            Type.Null(),
            Type.Array(Type.Array(Type.Number(), { minItems: 4, maxItems: 4 }), { minItems: 0 }),
          ]),
        }),
      ),
    }),
    { minItems: 1 },
  ),
})

export interface TestPhoto {
  path: string
  defect: boolean
  /** Null where nobody drew them. */
  boxes: BoundingBox[] | null
}

export interface Station {
  name: string
  goldens: string[]
  photos: TestPhoto[]
  /** Photos that are listed as bad and as good or golden at once: which it is cannot be known, so they are left out. */
  contradictory: string[]
}

export interface GoldenSet {
  name: string
  stations: Station[]
}

/** Reads a folder whose manifest is of kind "golden"; null where it is of another kind. Throws DataSetError. */
export async function readGoldenSet(folder: string): Promise<GoldenSet | null> {
  const path = join(folder, 'manifest.json')
  const manifest: unknown = await readFile(path, 'utf8')
    .then((text) => JSON.parse(text))
    .catch(() => null)
  if (typeof manifest !== 'object' || manifest === null || !('kind' in manifest) || manifest.kind !== 'golden')
    return null
  if (!Value.Check(Manifest, manifest)) {
    const [first] = Value.Errors(Manifest, manifest)
    throw new DataSetError(
      `${path} lists no stations with golden, good and bad photos: ${first?.message ?? 'wrong form'}`,
    )
  }
  return {
    name: manifest.dataset,
    stations: manifest.stations.map(({ station, golden, good, bad }) => {
      const passed = new Set([...golden, ...good])
      const clear = bad.filter(({ file }) => !passed.has(file))
      return {
        name: station,
        goldens: golden.map((file) => join(folder, file)),
        photos: [
          ...good.map((file) => ({ path: join(folder, file), defect: false, boxes: null })),
          ...clear.map(({ file, boxes }) => ({
            path: join(folder, file),
            defect: true,
            boxes: boxes?.map(([x = 0, y = 0, width = 0, height = 0]) => ({ x, y, width, height })) ?? null,
          })),
        ],
        contradictory: bad.flatMap(({ file }) => (passed.has(file) ? [file] : [])),
      }
    }),
  }
}
