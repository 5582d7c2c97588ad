import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import t from 'tap'
import { localAnalyzer } from '../../api/analyzers/local/local.ts'
import { createImagePipeline } from '../../api/images/pipeline.ts'
import { readDataSet } from '../../ops/evaluation/data-set.ts'
import { type Outcome, type Score, score } from '../../ops/evaluation/score.ts'

const IMAGES = resolve(import.meta.dirname, '../../../shared/images')
const options = existsSync(IMAGES) ? {} : { skip: 'shared/images is not here' }

/** Scores the half that no constant was tuned on. */
const scoreQuotedHalf = async (name: string): Promise<Score> => {
  const analyzer = localAnalyzer({ threads: 1 })
  const pipeline = createImagePipeline()
  const { pictures } = await readDataSet(join(IMAGES, name))
  const outcomes: Outcome[] = []
  for (const { path, boxes, defect } of pictures.filter(({ half }) => half === 'quoted')) {
    const { upright } = await pipeline.prepare(await readFile(path))
    const { findings } = await analyzer.analyze({
      image: upright,
      productSku: 'WK-KN-200',
      facility: 'yangjiang',
      language: 'en',
      signal: new AbortController().signal,
    })
    outcomes.push({
      defect,
      boxes,
      found: findings.length > 0,
      foundBoxes: findings.flatMap(({ bounding_box }) => bounding_box ?? []),
      milliseconds: 0,
      megapixels: 0,
    })
  }
  await pipeline.close()
  await analyzer.close()
  return score(outcomes)
}

t.test('Broken outlines of cookies are found', options, async (t) => {
  const { recall, falseAlarms, boxRecall, boxPrecision } = await scoreQuotedHalf('cookies')
  t.ok((recall.share ?? 0) >= 0.85, `recall ${recall.hits} of ${recall.of}`)
  t.ok((falseAlarms.share ?? 1) <= 0.08, `false alarms ${falseAlarms.hits} of ${falseAlarms.of}`)
  t.ok((boxRecall.share ?? 0) >= 0.8, `boxes ${boxRecall.hits} of ${boxRecall.of}`)
  t.ok((boxPrecision.share ?? 0) >= 0.8, `drawn boxes that are right ${boxPrecision.hits} of ${boxPrecision.of}`)
})

t.test('Pits that interrupt the lay of ball screws are found', options, async (t) => {
  const { recall, falseAlarms, touchRecall } = await scoreQuotedHalf('bsdata')
  t.ok((recall.share ?? 0) >= 0.7, `recall ${recall.hits} of ${recall.of}`)
  t.ok((falseAlarms.share ?? 1) <= 0.1, `false alarms ${falseAlarms.hits} of ${falseAlarms.of}`)
  t.ok((touchRecall.share ?? 0) >= 0.5, `boxes touched ${touchRecall.hits} of ${touchRecall.of}`)
})
