import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import PQueue from 'p-queue'
import { createGoldenInspector, type GoldenInspector, readPhoto } from '../../api/analyzers/golden/index.ts'
import { type Count, type GoldenScore, goldenScore, type Judged } from './golden-score.ts'
import type { GoldenSet, Station } from './golden-set.ts'
import { proportion } from './score.ts'

interface Row {
  dataset: string
  /** Null: all stations of the set. */
  station: string | null
  n: number
  score: GoldenScore
}

/** Judges the photos of golden sets by the first N goldens of each station, with the thresholds that the product uses. */
export async function evaluateGolden(sets: readonly GoldenSet[], counts: readonly number[]): Promise<Row[]> {
  // One core is left to this thread, so that the times are those of a judgement with a core of its own.
  const threads = Math.max(1, availableParallelism() - 1)
  const inspector = createGoldenInspector({ threads })
  const queue = new PQueue({ concurrency: threads })
  const rows: Row[] = []
  try {
    for (const { name, stations } of sets) {
      for (const { contradictory, name: station } of stations) {
        if (contradictory.length === 0) continue
        console.error(`${name}, ${station}: left out, as listed both good and bad: ${contradictory.join(', ')}`)
      }
      for (const n of counts) {
        const ofCount: { station: string; judged: Judged[] }[] = []
        for (const station of stations.filter(({ goldens }) => goldens.length >= n)) {
          ofCount.push({ station: station.name, judged: await judgeStation(inspector, queue, station, n) })
          console.error(`${name}, ${n} goldens: ${ofCount.length} of ${stations.length} stations`)
        }
        if (ofCount.length === 0) continue
        const all = ofCount.flatMap(({ judged }) => judged)
        rows.push({ dataset: name, station: null, n, score: goldenScore(all) })
        rows.push(...ofCount.map(({ station, judged }) => ({ dataset: name, station, n, score: goldenScore(judged) })))
      }
    }
  } finally {
    await inspector.close()
  }
  return rows
}

async function judgeStation(
  inspector: GoldenInspector,
  queue: PQueue,
  { goldens, photos }: Station,
  n: number,
): Promise<Judged[]> {
  const read = async (path: string) => readPhoto(await readFile(path))
  const model = await inspector.fit(await Promise.all(goldens.slice(0, n).map(read)))
  return queue.addAll(
    photos.map((photo) => async () => {
      const raster = await read(photo.path)
      const start = performance.now()
      const judgement = await inspector.judge(model, raster)
      return { photo, judgement, milliseconds: performance.now() - start }
    }),
  )
}

/** The machine-readable form: counts as [k, n]. */
export const goldenJson = (rows: readonly Row[]): string =>
  JSON.stringify({
    data: rows.map(({ dataset, station, n, score }) => ({
      dataset,
      station,
      n,
      auroc: score.auroc,
      recall: score.recall,
      recall_with_unsure: score.recallWithUnsure,
      false_alarms: score.falseAlarms,
      hit: score.hit,
      ms: Math.round(score.milliseconds),
    })),
  })

const withInterval = ([k, n]: Count): string => {
  const { low, high } = proportion(k, n)
  return n === 0 ? '-' : `${k}/${n} (${low.toFixed(2)}-${high.toFixed(2)})`
}
const plain = ([k, n]: Count): string => (n === 0 ? '-' : `${k}/${n}`)
const table = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

export function goldenTable(rows: readonly Row[]): string {
  const head = ['data', 'N', 'AUROC', 'recall', 'NG + unsure', 'false alarms', 'cannot judge', 'box on the defect']
  const body = rows.map(({ dataset, station, n, score }) => [
    station ?? `**${dataset}**`,
    `${n}`,
    score.auroc?.toFixed(3) ?? '-',
    withInterval(score.recall),
    withInterval(score.recallWithUnsure),
    withInterval(score.falseAlarms),
    plain(score.cannotJudge),
    withInterval(score.hit),
    `${plain(score.boxRecall)}, ${plain(score.boxPrecision)}`,
    (score.milliseconds / 1000).toFixed(2),
  ])
  const sizes = rows
    .filter(({ station, score }) => station === null && score.bySize.some(({ ng }) => ng[1] > 0))
    .flatMap(({ dataset, n, score }) =>
      score.bySize.map(({ size, ng, withUnsure }) => [
        dataset,
        `${n}`,
        size,
        withInterval(ng),
        withInterval(withUnsure),
      ]),
    )
  return [
    'Judged by the first N goldens of each station; in brackets 95 % Wilson intervals',
    table([...head, 'boxes at IoU 0.33: recall, precision', 's/photo'], body),
    ...(sizes.length > 0 ? [table(['data', 'N', 'defect, long side in pixels', 'NG', 'NG + unsure'], sizes)] : []),
  ].join('\n\n')
}
