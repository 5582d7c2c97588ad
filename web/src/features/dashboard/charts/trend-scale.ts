import type { Statistics, TrendPoint } from '../../../api/types.ts'

const STEPS = [1, 2, 2.5, 5, 10]

const rateOf = ({ defect_rate_percent }: TrendPoint) => defect_rate_percent ?? 0

/**
 * Round numbers up to above the rates of all judged points, and above the limits as far as they are of use beside them. A day of one photo
 * would else be 100 % and press all others flat.
 */
export function ticksOf({ points, centre_percent }: Statistics['trend'], target: number): number[] {
  const judged = points.filter(({ judged }) => judged)
  const rates = (judged.length > 0 ? judged : points).map(rateOf)
  const limits = judged.map(({ upper_percent }) => upper_percent ?? 0)
  const top =
    1.04 * Math.max(...rates, target, centre_percent ?? 0, Math.min(Math.max(0, ...limits), 4 * (centre_percent ?? 0)))
  if (top === 0) return [0, 1]
  const power = 10 ** Math.floor(Math.log10(top / 5))
  const step = power * (STEPS.find((each) => each * power * 5 >= top) ?? 10)
  return Array.from({ length: Math.ceil(top / step) + 1 }, (_, tick) => tick * step)
}
