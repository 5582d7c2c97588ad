import { Button } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { infoQuery, requestTranslation, translationsQuery } from '../../api/queries.ts'
import type { Analysis, Translation } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useMay } from '../../components/use-may.ts'
import { useLanguage } from '../../language/use-language.ts'
import classes from './translation.module.css'

/** The analysis with its texts in another language. */
const inWordsOf = (analysis: Analysis, said: Translation): Analysis => ({
  ...analysis,
  language: said.language,
  description: said.description,
  defects: analysis.defects.map((defect, i) => ({ ...defect, ...said.defects[i] })),
  root_cause: said.root_cause,
  five_why_chain: said.five_why_chain,
  contributing_factors: said.contributing_factors,
  ishikawa_analysis: said.ishikawa_analysis,
  corrective_actions: said.corrective_actions,
  preventive_actions: said.preventive_actions,
})

const hasTexts = ({ description, root_cause, defects }: Analysis): boolean =>
  [description, root_cause, ...defects.map((defect) => defect.description)].some((text) => text !== '')

/**
 * A result whose texts are in another language than the page: in that of the page where there is a translation and the original is not
 * asked for. `bar` says which it is, and offers the other.
 */
export function useTranslated(stored: Analysis): { analysis: Analysis; bar: ReactNode } {
  const { code, messages } = useLanguage()
  const texts = messages.translation
  const cache = useQueryClient()
  const mayAsk = useMay('analyse')
  const { data: info } = useQuery(infoQuery)
  const [original, setOriginal] = useState(false)
  const foreign = stored.language !== code
  const known = translationsQuery(stored.defect_id)
  const { data } = useQuery({ ...known, enabled: foreign })
  const asking = useMutation({
    mutationFn: () => requestTranslation(stored.defect_id, code),
    onSuccess: (made) => {
      cache.setQueryData(known.queryKey, (all = []) => [...all.filter((one) => one.language !== made.language), made])
      setOriginal(false)
    },
  })
  if (!foreign) return { analysis: stored, bar: null }
  const found = data?.find(({ language }) => language === code)
  const shown = found && !original ? found : null
  // Between the Chinese scripts the service converts by itself.
  const byTable = stored.language !== 'en' && code !== 'en'
  const offered = !found && mayAsk && !byTable && hasTexts(stored)
  // The local analyzer speaks in its own sentences only. What the service can is not known: it says so itself.
  const possible = info?.analyzer.kind !== 'local' || stored.analyzer === 'local'
  const from = texts.languages[stored.language]
  const sayHow = () => {
    if (!shown) return texts.writtenIn(from)
    return byTable ? texts.converted(from) : texts.translated(from, shown.model_version)
  }
  const bar = (
    <>
      <div className={classes.bar} role="status" data-print={shown ? undefined : 'no'}>
        <IconLanguage size={20} aria-hidden />
        <span>{sayHow()}</span>
        {found && (
          <Button variant="default" data-print="no" onClick={() => setOriginal(!original)}>
            {shown ? texts.showOriginal : texts.showTranslation}
          </Button>
        )}
        {offered && !possible && <span data-print="no">{texts.noModel}</span>}
        {offered && possible && (
          <Button variant="default" disabled={asking.isPending} onClick={() => asking.mutate()}>
            {asking.isPending ? texts.translating : texts.translate}
          </Button>
        )}
      </div>
      {asking.isError && !found && (
        <ProblemNote title={texts.failed} error={asking.error} onRetry={() => asking.mutate()} />
      )}
    </>
  )
  return { analysis: shown ? inWordsOf(stored, shown) : stored, bar }
}
