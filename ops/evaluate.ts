import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Analyzer } from '../api/analyzers/analyzer.ts'
import { localAnalyzer } from '../api/analyzers/local/local.ts'
import { createImagePipeline } from '../api/images/pipeline.ts'
import {
  type DataSet,
  DataSetError,
  type Half,
  type LabelledPicture,
  readDataSet,
  readDataSets,
} from './evaluation/data-set.ts'
import { evaluateGolden, goldenJson, goldenTable } from './evaluation/golden.ts'
import { readGoldenSet } from './evaluation/golden-set.ts'
import { type Outcome, type Proportion, type Score, score } from './evaluation/score.ts'

const USAGE = `Usage: node ops/evaluate.ts [--analyzer local|azure] [--goldens 1,5,10,20] [--json] [FOLDER ...]
Runs an analyzer over labelled pictures and prints how often it is right. Each FOLDER holds a manifest.json;
without one, the folders in ../shared/images are taken. azure reads its settings from the environment and costs money.
Where the manifest is of kind "golden", its stations are judged by golden samples instead, with 1, 5, 10 and 20 of them.`

const DEFAULT_PARENT = resolve(import.meta.dirname, '../../shared/images')
const HALVES: readonly Half[] = ['tuning', 'quoted']

class UsageError extends Error {}

interface Arguments {
  analyzer: 'local' | 'azure'
  json: boolean
  goldens: number[]
  folders: string[]
}

const readArguments = (): Arguments => {
  try {
    const { values, positionals } = parseArgs({
      options: {
        analyzer: { type: 'string', default: 'local' },
        json: { type: 'boolean', default: false },
        goldens: { type: 'string', default: '1,5,10,20' },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    })
    if (values.help) {
      console.log(USAGE)
      process.exit(0)
    }
    if (values.analyzer !== 'local' && values.analyzer !== 'azure') {
      throw new UsageError(`--analyzer is local or azure, not "${values.analyzer}"`)
    }
    const goldens = values.goldens.split(',').map(Number)
    if (!goldens.every((count) => Number.isInteger(count) && count > 0)) {
      throw new UsageError(`--goldens are numbers such as 5,10; not "${values.goldens}"`)
    }
    return { analyzer: values.analyzer, json: values.json, goldens, folders: positionals }
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message)
    throw error
  }
}

const openAnalyzer = async (kind: 'local' | 'azure'): Promise<Analyzer> => {
  if (kind === 'local') return localAnalyzer()
  const [{ createAnalyzer }, { loadConfig }] = await Promise.all([
    import('../api/analyzers/create.ts'),
    import('../api/config/config.ts'),
  ])
  const analyzer = createAnalyzer(loadConfig(process.env))
  if (analyzer.kind === 'azure') return analyzer
  await analyzer.close()
  throw new UsageError('--analyzer azure needs AZURE_AI_ENDPOINT and AZURE_AI_API_KEY in the environment')
}

/** The same upright picture that the service would show and analyse. */
const analyzePicture = async (
  analyzer: Analyzer,
  pipeline: ReturnType<typeof createImagePipeline>,
  picture: LabelledPicture,
): Promise<Outcome> => {
  const { upright } = await pipeline.prepare(await readFile(picture.path))
  const start = performance.now()
  const { findings } = await analyzer.analyze({
    image: upright,
    productSku: 'WK-KN-200',
    facility: 'yangjiang',
    language: 'en',
    signal: new AbortController().signal,
  })
  return {
    defect: picture.defect,
    boxes: picture.boxes,
    found: findings.length > 0,
    foundBoxes: findings.flatMap(({ bounding_box }) => (bounding_box ? [bounding_box] : [])),
    milliseconds: performance.now() - start,
    megapixels: (upright.width * upright.height) / 1e6,
  }
}

interface Row {
  dataset: string
  half: Half
  failed: number
  score: Score
}

const evaluate = async (analyzer: Analyzer, sets: readonly DataSet[]): Promise<Row[]> => {
  const pipeline = createImagePipeline()
  const rows: Row[] = []
  for (const { name, pictures } of sets) {
    const outcomes: { half: Half; outcome: Outcome | null }[] = []
    for (const picture of pictures) {
      const outcome = await analyzePicture(analyzer, pipeline, picture).catch((error: unknown) => {
        console.error(`${picture.path}: ${error instanceof Error ? error.message : String(error)}`)
        return null
      })
      outcomes.push({ half: picture.half, outcome })
      if (outcomes.length % 10 === 0 || outcomes.length === pictures.length) {
        console.error(`${name}: ${outcomes.length} of ${pictures.length}`)
      }
    }
    for (const half of HALVES) {
      const ofHalf = outcomes.filter((one) => one.half === half)
      const done = ofHalf.flatMap(({ outcome }) => outcome ?? [])
      rows.push({ dataset: name, half, failed: ofHalf.length - done.length, score: score(done) })
    }
  }
  await pipeline.close()
  return rows
}

const share = (value: number | null): string => value?.toFixed(2) ?? '-'
const withInterval = ({ share: value, low, high }: Proportion): string =>
  value === null ? '-' : `${share(value)} (${share(low)}-${share(high)})`

const toTable = (rows: readonly Row[]): string =>
  [
    '| data, half | n (defective) | recall | precision | false alarms | boxes IoU >= 0.33, recall/precision | touches | ms/MP |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map(({ dataset, half, failed, score: s }) =>
      [
        '',
        `${dataset}, ${half}`,
        `${s.pictures} (${s.defective})${failed > 0 ? `, ${failed} failed` : ''}`,
        withInterval(s.recall),
        share(s.precision.share),
        withInterval(s.falseAlarms),
        `${share(s.boxRecall.share)}/${share(s.boxPrecision.share)}`,
        `${share(s.touchRecall.share)}/${share(s.touchPrecision.share)}`,
        s.msPerMegapixel?.toFixed(0) ?? '-',
        '',
      ]
        .join(' | ')
        .trim(),
    ),
  ].join('\n')

const main = async (): Promise<void> => {
  const options = readArguments()
  const read = await Promise.all(
    options.folders.map(async (folder) => ({ folder, golden: await readGoldenSet(folder) })),
  )
  const goldenSets = read.flatMap(({ golden }) => golden ?? [])
  const labelled = read.flatMap(({ folder, golden }) => (golden ? [] : [folder]))
  if (goldenSets.length > 0 && labelled.length > 0) {
    throw new UsageError(
      'Golden sets and labelled pictures are evaluated one after the other: name folders of one kind',
    )
  }
  if (goldenSets.length > 0) {
    const rows = await evaluateGolden(goldenSets, options.goldens)
    console.log(options.json ? goldenJson(rows) : goldenTable(rows))
    return
  }
  const sets = labelled.length > 0 ? await Promise.all(labelled.map(readDataSet)) : await readDataSets(DEFAULT_PARENT)
  const analyzer = await openAnalyzer(options.analyzer)
  try {
    const rows = await evaluate(analyzer, sets)
    if (rows.some(({ failed }) => failed > 0)) process.exitCode = 1
    console.log(
      options.json
        ? JSON.stringify({ analyzer: analyzer.kind, model_version: analyzer.modelVersion, rows }, null, 2)
        : `${analyzer.modelVersion}; in brackets 95 % Wilson intervals\n\n${toTable(rows)}`,
    )
  } finally {
    await analyzer.close()
  }
}

try {
  await main()
} catch (error) {
  const isReadable =
    error instanceof Error &&
    (error instanceof UsageError || error instanceof DataSetError || error.name === 'ConfigError')
  if (!isReadable) throw error
  console.error(error.message)
  process.exitCode = 2
}
