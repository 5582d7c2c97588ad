/** The fewer goldens, the more room above the worst of them. */
export const thresholdOf = (scores: readonly number[]): number => (1.2 + 1 / scores.length) * Math.max(...scores)

/** Goldens that a model of the others would have called NG. */
export const alarmsOf = (scores: readonly number[]): number[] =>
  scores.flatMap((score, i) => (score > thresholdOf(scores.filter((_, other) => other !== i)) ? [i] : []))
