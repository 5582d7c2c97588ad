import t from 'tap'
import type { AnalyzerInput } from '../../api/analyzers/analyzer.ts'
import { localAnalyzer } from '../../api/analyzers/local/local.ts'
import { gapBetween, intersectionOverUnion } from '../../api/analyzers/local/vision/boxes.ts'
import type { BoundingBox } from '../../api/domain/box.ts'
import type { AnalyzerResult } from '../../api/domain/verdict.ts'
import { drawPart, type SampleOptions } from '../../fixtures/sample-parts/draw-part.ts'

const analyzer = localAnalyzer({ threads: 1 })
t.teardown(() => analyzer.close())

const analyze = (image: AnalyzerInput['image']): Promise<AnalyzerResult> =>
  analyzer.analyze({
    image,
    productSku: 'WK-KN-200',
    facility: 'yangjiang',
    language: 'en',
    signal: new AbortController().signal,
  })

const isInside = (box: BoundingBox, { width, height }: { width: number; height: number }): boolean =>
  [box.x, box.y, box.width, box.height].every(Number.isInteger) &&
  box.x >= 0 &&
  box.y >= 0 &&
  box.width > 0 &&
  box.height > 0 &&
  box.x + box.width <= width &&
  box.y + box.height <= height

const DEFECTS: readonly (Pick<SampleOptions, 'kind' | 'defect'> & { area: string; minIou: number })[] = [
  { kind: 'knife', defect: { type: 'rust_spot' }, area: 'blade', minIou: 0.4 },
  { kind: 'knife', defect: { type: 'blade_scratch' }, area: 'blade', minIou: 0.4 },
  { kind: 'knife', defect: { type: 'surface_contamination' }, area: 'blade', minIou: 0.4 },
  { kind: 'knife', defect: { type: 'blade_chip' }, area: 'edge', minIou: 0.3 },
  { kind: 'knife', defect: { type: 'handle_crack' }, area: 'handle', minIou: 0.2 },
  { kind: 'plate', defect: { type: 'rust_spot' }, area: 'overall', minIou: 0.4 },
  { kind: 'plate', defect: { type: 'blade_scratch' }, area: 'overall', minIou: 0.4 },
  { kind: 'plate', defect: { type: 'surface_contamination' }, area: 'overall', minIou: 0.4 },
]

for (const { kind, defect, area, minIou } of DEFECTS) {
  t.test(`${defect?.type} on a ${kind} is found, named and boxed`, async (t) => {
    for (const [seed, width, height] of [
      [101, 1200, 800],
      [102, 960, 640],
    ] as const) {
      const part = await drawPart({ kind, seed, width, height, defect })
      const [truth] = part.boxes
      const result = await analyze(part)
      t.equal(result.findings.length, 1, `seed ${seed}: one finding`)
      const [finding] = result.findings
      const box = finding?.bounding_box
      if (!finding || !box || !truth) return t.fail(`seed ${seed}: no box`)
      t.equal(finding.defect_type, defect?.type)
      t.equal(finding.affected_area, area)
      t.ok(isInside(box, part), 'whole pixels of the picture')
      t.equal(gapBetween(box, truth), 0, `seed ${seed}: touches`)
      const iou = intersectionOverUnion(box, truth)
      t.ok(iou >= minIou, `seed ${seed}: intersection over union ${iou.toFixed(2)}`)
      t.ok(finding.confidence >= 0.5 && finding.confidence <= 0.8)
      if (defect?.type === 'rust_spot') t.equal(finding.severity, 'critical')
    }
  })
}

for (const kind of ['knife', 'plate'] as const) {
  t.test(`A clean ${kind} is good`, async (t) => {
    for (const seed of [201, 202]) {
      const result = await analyze(await drawPart({ kind, seed }))
      t.same(result.findings, [], `seed ${seed}`)
      t.ok(result.confidence >= 0.5 && result.confidence <= 0.8)
      t.match(result.description, /Nothing exceeded its limit/)
    }
  })
}

t.test('The same picture gives the same answer', async (t) => {
  const part = await drawPart({ kind: 'knife', seed: 7, width: 600, height: 400, defect: { type: 'blade_chip' } })
  t.same(await analyze(part), await analyze(part))
})

t.test('A seed always gives the same file, and another seed a different one', async (t) => {
  const draw = (seed: number) =>
    drawPart({ kind: 'plate', seed, width: 300, height: 200, defect: { type: 'rust_spot' } })
  const [a, b, other] = await Promise.all([draw(1), draw(1), draw(2)])
  t.ok(a.jpeg.equals(b.jpeg))
  t.notOk(a.jpeg.equals(other.jpeg))
  t.ok(a.boxes[0] && isInside(a.boxes[0], a))
})

t.test('A plate has no handle to crack', async (t) => {
  await t.rejects(drawPart({ kind: 'plate', seed: 1, defect: { type: 'handle_crack' } }), /cannot be drawn on a plate/)
})
