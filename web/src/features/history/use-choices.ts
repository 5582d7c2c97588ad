import { useQuery } from '@tanstack/react-query'
import { productsQuery } from '../../api/queries.ts'
import { defectTypes, facilities, severities, stages, verdicts } from '../../components/codes.ts'
import { TRUTHS } from '../../components/truths.ts'
import { useTexts } from '../../language/use-language.ts'
import type { FilterName } from './filters.ts'

interface Choice {
  value: string
  label: string
}

/** What can be chosen of filters that are not typed, in the reader's words. */
export function useChoices(): Partial<Record<FilterName, readonly Choice[]>> {
  const { figures, history: texts, vocabulary } = useTexts()
  const { data: products = [] } = useQuery(productsQuery)
  const verdictChoices = verdicts.map((code) => ({ value: code, label: vocabulary.verdicts[code].name }))
  const either = ({ yes, no }: Record<'yes' | 'no', string>) => [
    { value: 'yes', label: yes },
    { value: 'no', label: no },
  ]
  return {
    facility: facilities.map((code) => ({ value: code, label: vocabulary.facilities[code] })),
    product: products.map(({ code }) => ({ value: code, label: code })),
    verdict: verdictChoices,
    model: verdictChoices,
    type: defectTypes.map((code) => ({ value: code, label: vocabulary.defectTypes[code] })),
    severity: severities.map((code) => ({ value: code, label: vocabulary.severities[code].name })),
    stage: stages.map((code) => ({ value: code, label: vocabulary.stages[code] })),
    truth: TRUTHS.map((value) => ({ value, label: figures.truths[value] })),
    defect: either(texts),
    reviewed: either(texts.done),
    voided: either(texts.done),
    waiting: either(texts.done),
    retake: either(texts.done),
  }
}
