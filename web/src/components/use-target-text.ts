import type { TargetCheck } from '../api/types.ts'
import { useFormats, useTexts } from '../language/use-language.ts'

/** What is said of the target. */
export function useTargetText({ status, reason, units, defects, rate_percent, target_percent }: TargetCheck): string {
  const texts = useTexts().figures.targetCheck
  const formats = useFormats()
  const target = formats.percent(target_percent)
  if (status === 'not_judged') return `${texts.notJudged(target)} ${texts.reasons[reason ?? 'no_units']}`
  const rate = texts.rate(formats.percent(rate_percent ?? 0), formats.number(defects), formats.number(units))
  return `${rate} ${texts[status](target)}`
}
