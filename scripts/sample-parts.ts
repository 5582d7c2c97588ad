import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { drawPart, type SampleOptions } from '../fixtures/sample-parts/draw-part.ts'

const USAGE = `Usage: node scripts/sample-parts.ts DIR
Draws a dozen sample parts into DIR, with a manifest.json that lists their defects and boxes.`

/** The seed is the place in the list: the same files every time. */
const SAMPLES: readonly Pick<SampleOptions, 'kind' | 'defect'>[] = [
  { kind: 'knife' },
  { kind: 'knife' },
  { kind: 'knife', defect: { type: 'rust_spot' } },
  { kind: 'knife', defect: { type: 'blade_scratch' } },
  { kind: 'knife', defect: { type: 'surface_contamination' } },
  { kind: 'knife', defect: { type: 'blade_chip' } },
  { kind: 'knife', defect: { type: 'handle_crack' } },
  { kind: 'plate' },
  { kind: 'plate' },
  { kind: 'plate', defect: { type: 'rust_spot' } },
  { kind: 'plate', defect: { type: 'blade_scratch' } },
  { kind: 'plate', defect: { type: 'surface_contamination' } },
]

const writeSamples = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true })
  const items = []
  for (const [index, sample] of SAMPLES.entries()) {
    const part = await drawPart({ ...sample, seed: index + 1 })
    const file = `${String(index + 1).padStart(2, '0')}-${sample.kind}-${part.defect_type ?? 'good'}.jpg`
    await writeFile(join(folder, file), part.jpeg)
    items.push({
      file,
      template: null,
      defect: part.defect_type !== null,
      class: part.defect_type ?? 'none',
      boxes: part.boxes.map(({ x, y, width, height }) => [x, y, width, height]),
      boxesKnown: true,
      width: part.width,
      height: part.height,
    })
  }
  const manifest = {
    dataset: 'sample-parts',
    source: 'drawn by scripts/sample-parts',
    licence: 'MIT',
    note: 'Drawn knives and brushed plates, not photos: they show that the parts of the service work together, not how well it does on real parts.',
    count: items.length,
    items,
  }
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`)
}

const [folder, ...more] = process.argv.slice(2)
if (folder === undefined || folder.startsWith('-') || more.length > 0) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  await writeSamples(folder).catch((error: NodeJS.ErrnoException) => {
    console.error(`${folder} cannot be written: ${error.message}`)
    process.exitCode = 1
  })
}
