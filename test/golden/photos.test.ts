import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import t from 'tap'
import { createGoldenInspector, readPhoto } from '../../api/analyzers/golden/index.ts'
import { goldenScore, type Judged } from '../../ops/evaluation/golden-score.ts'
import { readGoldenSet } from '../../ops/evaluation/golden-set.ts'

const FOLDER = resolve(import.meta.dirname, '../../../shared/images/golden/ballscrew')
const options = existsSync(FOLDER) ? {} : { skip: 'shared/images is not here' }

/** Of the first station; all of it takes minutes (make evaluate). */
const GOLDENS = 10
const EVERY = 3

t.test('ball screws: pits are boxed, wear is passed', options, async (t) => {
  const set = await readGoldenSet(FOLDER)
  const station = set?.stations[0]
  if (!station) return t.fail('no station')
  const inspector = createGoldenInspector()
  t.teardown(() => inspector.close())
  const read = async (path: string) => readPhoto(await readFile(path))
  const model = await inspector.fit(await Promise.all(station.goldens.slice(0, GOLDENS).map(read)))
  t.same(model.info.outliers, [])
  t.match(model.info.variants, [{ name: 'lay' }], 'turned metal has a lay')
  const judged: Judged[] = []
  for (const photo of station.photos.filter(({ defect }, i) => defect || i % EVERY === 0)) {
    judged.push({ photo, judgement: await inspector.judge(model, await read(photo.path)), milliseconds: 0 })
  }
  const { recall, falseAlarms, hit, auroc } = goldenScore(judged)
  t.ok(recall[0] >= 6, `${recall.join(' of ')} found`)
  t.ok(falseAlarms[0] <= 1, `${falseAlarms.join(' of ')} false alarms`)
  t.ok(hit[0] >= 0.9 * hit[1], `${hit.join(' of ')} with a box on the pit`)
  t.ok((auroc ?? 0) > 0.93, `AUROC ${auroc?.toFixed(3)}`)
})
