import { gapBetween, intersectionOverUnion } from '../../api/analyzers/local/vision/boxes.ts'
import type { BoundingBox } from '../../api/domain/box.ts'

/** What the analyzer said of one labelled picture. */
export interface Outcome {
  defect: boolean
  /** Boxes on record; null where nobody drew them. */
  boxes: readonly BoundingBox[] | null
  found: boolean
  foundBoxes: readonly BoundingBox[]
  milliseconds: number
  megapixels: number
}

/** A share with its 95 % Wilson score interval; `share` is null of nothing. */
export interface Proportion {
  hits: number
  of: number
  share: number | null
  low: number
  high: number
}

export interface Score {
  pictures: number
  defective: number
  /** Defective pictures that were objected to. */
  recall: Proportion
  /** Pictures objected to that are defective. */
  precision: Proportion
  /** Good pictures that were objected to. */
  falseAlarms: Proportion
  /** Boxes on record that some found box meets, and found boxes that meet one on record; pictures without drawn boxes left out. */
  boxRecall: Proportion
  boxPrecision: Proportion
  touchRecall: Proportion
  touchPrecision: Proportion
  msPerMegapixel: number | null
}

/** Overlap from which a box counts as right, as in our trials. */
const MIN_IOU = 0.33
/** 97.5th percentile of the normal distribution. */
const Z = 1.96

/** E. B. Wilson, 1927: holds for small numbers and shares near 0 and 1. */
export const proportion = (hits: number, of: number): Proportion => {
  if (of === 0) return { hits, of, share: null, low: 0, high: 1 }
  const share = hits / of
  const scale = 1 + Z ** 2 / of
  const middle = (share + Z ** 2 / (2 * of)) / scale
  const reach = (Z / scale) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2))
  return { hits, of, share, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) }
}

export const score = (outcomes: readonly Outcome[]): Score => {
  const count = (test: (outcome: Outcome) => boolean): number => outcomes.filter(test).length
  const defective = count(({ defect }) => defect)
  const rightAlarms = count(({ defect, found }) => defect && found)
  const alarms = count(({ found }) => found)
  const boxed = outcomes.flatMap(({ boxes, foundBoxes }) => (boxes ? [{ boxes, foundBoxes }] : []))
  const recorded = boxed.reduce((sum, { boxes }) => sum + boxes.length, 0)
  const drawn = boxed.reduce((sum, { foundBoxes }) => sum + foundBoxes.length, 0)
  const met = (meets: (a: BoundingBox, b: BoundingBox) => boolean): [recall: Proportion, precision: Proportion] => {
    let ofRecorded = 0
    let ofDrawn = 0
    for (const { boxes, foundBoxes } of boxed) {
      ofRecorded += boxes.filter((box) => foundBoxes.some((other) => meets(box, other))).length
      ofDrawn += foundBoxes.filter((box) => boxes.some((other) => meets(box, other))).length
    }
    return [proportion(ofRecorded, recorded), proportion(ofDrawn, drawn)]
  }
  const [boxRecall, boxPrecision] = met((a, b) => intersectionOverUnion(a, b) >= MIN_IOU)
  const [touchRecall, touchPrecision] = met((a, b) => gapBetween(a, b) === 0)
  const megapixels = outcomes.reduce((sum, outcome) => sum + outcome.megapixels, 0)
  const milliseconds = outcomes.reduce((sum, outcome) => sum + outcome.milliseconds, 0)
  return {
    pictures: outcomes.length,
    defective,
    recall: proportion(rightAlarms, defective),
    precision: proportion(rightAlarms, alarms),
    falseAlarms: proportion(alarms - rightAlarms, outcomes.length - defective),
    boxRecall,
    boxPrecision,
    touchRecall,
    touchPrecision,
    msPerMegapixel: megapixels > 0 ? milliseconds / megapixels : null,
  }
}
