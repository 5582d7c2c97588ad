import type { Judgement } from '../../api/analyzers/golden/index.ts'
import { gapBetween, intersectionOverUnion } from '../../api/analyzers/local/vision/boxes.ts'
import type { TestPhoto } from './golden-set.ts'

/** What the product said of one photo. */
export interface Judged {
  photo: TestPhoto
  judgement: Pick<Judgement, 'verdict' | 'ratio' | 'regions'>
  milliseconds: number
}

/** k of n. */
export type Count = readonly [k: number, n: number]

export interface GoldenScore {
  /** Chance that a bad photo's ratio exceeds a good one's; null without both. */
  auroc: number | null
  recall: Count
  recallWithUnsure: Count
  falseAlarms: Count
  /** Of all photos. */
  cannotJudge: Count
  /** NG photos with drawn boxes that have a region on one of them. */
  hit: Count
  /** Drawn boxes met at the least overlap, and regions that meet one, of bad photos with drawn boxes. */
  boxRecall: Count
  boxPrecision: Count
  /** NG, and NG or unsure, by the long side of the photo's largest drawn box. */
  bySize: { size: string; ng: Count; withUnsure: Count }[]
  milliseconds: number
}

const LEAST_OVERLAP = 0.33
/** Upper limits of the long side, pixels. */
const SIZES = [25, 45, Number.POSITIVE_INFINITY]

const share = <T>(items: readonly T[], test: (item: T) => boolean): Count => [items.filter(test).length, items.length]

export function goldenScore(judged: readonly Judged[]): GoldenScore {
  const bad = judged.filter(({ photo }) => photo.defect)
  const good = judged.filter(({ photo }) => !photo.defect)
  const isNg = ({ judgement }: Judged): boolean => judgement.verdict === 'ng'
  const isDoubtful = (one: Judged): boolean => isNg(one) || one.judgement.verdict === 'unsure'
  const drawn = bad.flatMap((one) => (one.photo.boxes?.length ? [{ ...one, boxes: one.photo.boxes }] : []))
  const meets = intersectionOverUnion
  const sizeOf = ({ boxes }: (typeof drawn)[number]): number =>
    Math.max(...boxes.map(({ width, height }) => Math.max(width, height)))
  return {
    auroc: auroc(
      good.map(({ judgement }) => judgement.ratio),
      bad.map(({ judgement }) => judgement.ratio),
    ),
    recall: share(bad, isNg),
    recallWithUnsure: share(bad, isDoubtful),
    falseAlarms: share(good, isNg),
    cannotJudge: share(judged, ({ judgement }) => judgement.verdict === 'cannot_judge'),
    hit: share(drawn.filter(isNg), ({ boxes, judgement }) =>
      judgement.regions.some((region) => boxes.some((box) => gapBetween(region, box) === 0)),
    ),
    boxRecall: share(
      drawn.flatMap(({ boxes, judgement }) => boxes.map((box) => ({ box, judgement }))),
      ({ box, judgement }) => judgement.regions.some((region) => meets(region, box) >= LEAST_OVERLAP),
    ),
    boxPrecision: share(
      drawn.flatMap(({ boxes, judgement }) => judgement.regions.map((region) => ({ region, boxes }))),
      ({ region, boxes }) => boxes.some((box) => meets(region, box) >= LEAST_OVERLAP),
    ),
    bySize: SIZES.map((limit, i) => {
      const least = i === 0 ? 0 : (SIZES[i - 1] ?? 0)
      const ofSize = drawn.filter((one) => sizeOf(one) > least && sizeOf(one) <= limit)
      const size =
        i === 0 ? `up to ${limit}` : limit === Number.POSITIVE_INFINITY ? `over ${least}` : `${least + 1} to ${limit}`
      return { size, ng: share(ofSize, isNg), withUnsure: share(ofSize, isDoubtful) }
    }),
    milliseconds: judged.reduce((sum, one) => sum + one.milliseconds, 0) / Math.max(1, judged.length),
  }
}

/** Of all pairs, those in which the bad photo has more; half of those that are even. */
function auroc(good: readonly number[], bad: readonly number[]): number | null {
  if (good.length === 0 || bad.length === 0) return null
  let won = 0
  for (const a of bad) for (const b of good) won += a > b ? 1 : a === b ? 0.5 : 0
  return won / (good.length * bad.length)
}
