import { Text } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import type { Analysis } from '../../api/types.ts'
import { FacilityTime } from '../../components/facility-time.tsx'
import { SeverityTag, VerdictTag } from '../../components/tag.tsx'
import { useFacilityTime } from '../../components/use-facility-time.ts'
import { useTexts } from '../../language/use-language.ts'
import { Standing } from './standing.tsx'
import classes from './summary.module.css'
import { Tools } from './tools.tsx'

interface SummaryProps {
  analysis: Analysis
  standalone: boolean
  onAgain?: (() => void) | undefined
}

/** The verdict at a glance, and what can be done with it. */
export function Summary({ analysis, standalone, onAgain }: SummaryProps) {
  const { effective } = analysis
  const { result: texts, shared, vocabulary } = useTexts()
  const timeOf = useFacilityTime(analysis.facility)
  const Heading = standalone ? 'h1' : 'h2'
  return (
    <div className={classes.summary}>
      <div className={classes.about}>
        <div className={classes.head}>
          <VerdictTag verdict={effective.verdict} size="lg" />
          <div className={classes.words}>
            <div className={classes.name}>
              <Heading className={classes.title}>
                {effective.defect_detected ? vocabulary.defectTypes[effective.defect_type] : shared.noDefect}
              </Heading>
              {effective.defect_detected && <SeverityTag severity={effective.severity} />}
            </div>
            {effective.verdict === 'review' && <Text size="sm">{vocabulary.verdicts.review.meaning}</Text>}
            <Standing analysis={analysis} />
          </div>
        </div>
        <Text size="sm" c="dimmed">
          {effective.product_sku}
          {effective.product_sku !== analysis.product_sku && ` (${texts.sentAs(analysis.product_sku)})`} ·{' '}
          {vocabulary.facilities[analysis.facility]} ·{' '}
          <FacilityTime iso={analysis.timestamp} facility={analysis.facility} />
          {analysis.file_name && <> · {analysis.file_name}</>}
        </Text>
        {analysis.duplicate && (
          <p className={classes.duplicate} data-print="no">
            <IconCopy size={18} aria-hidden />
            {texts.duplicate(timeOf(analysis.timestamp))}
          </p>
        )}
      </div>
      <Tools analysis={analysis} standalone={standalone} onAgain={onAgain} />
    </div>
  )
}
