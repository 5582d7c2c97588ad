import { Text } from '@mantine/core'
import { IconBulb, IconCopy } from '@tabler/icons-react'
import type { Analysis } from '../../api/types.ts'
import { FacilityTime } from '../../components/facility-time.tsx'
import { SeverityTag, VerdictTag } from '../../components/tag.tsx'
import { useFacilityTime } from '../../components/use-facility-time.ts'
import { isUnjudged, verdictName } from '../../components/verdict-name.ts'
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
  const { effective, review_reason: reason } = analysis
  const messages = useTexts()
  const { result: texts, vocabulary } = messages
  const timeOf = useFacilityTime(analysis.facility)
  const Heading = standalone ? 'h1' : 'h2'
  /** Which part it is, as far as that was sent. */
  const part = (['line_id', 'lot', 'part_id'] as const).flatMap((name) =>
    analysis[name] ? [`${texts.details[name]} ${analysis[name]}`] : [],
  )
  return (
    <div className={classes.summary}>
      <div className={classes.about}>
        <div className={classes.head}>
          <VerdictTag verdict={effective.verdict} size="lg" />
          <div className={classes.words}>
            <div className={classes.name}>
              <Heading className={classes.title}>{verdictName(analysis, messages)}</Heading>
              {effective.defect_detected && <SeverityTag severity={effective.severity} />}
            </div>
            {effective.verdict === 'review' && <Text size="sm">{vocabulary.verdicts.review.meaning}</Text>}
            {effective.verdict === 'review' && reason && !isUnjudged(analysis) && (
              <Text size="sm">{vocabulary.reviewReasons[reason]}</Text>
            )}
            {analysis.random_check && effective.source === 'model' && !effective.voided && (
              <Text size="sm" data-print="no">
                {texts.randomCheck}
              </Text>
            )}
            <Standing analysis={analysis} />
          </div>
        </div>
        <Text size="sm" c="dimmed">
          {effective.product_sku}
          {effective.product_sku !== analysis.product_sku && ` (${texts.sentAs(analysis.product_sku)})`} ·{' '}
          {vocabulary.facilities[analysis.facility]} ·{' '}
          <FacilityTime iso={analysis.timestamp} facility={analysis.facility} />
          {/* On paper they stand below. */}
          <span data-print="no">{part.map((fact) => ` · ${fact}`)}</span>
          {analysis.file_name && <> · {analysis.file_name}</>}
        </Text>
        {isUnjudged(analysis) &&
          analysis.photo_faults.map(({ code }) => (
            <p key={code} className={classes.duplicate}>
              <IconBulb size={18} aria-hidden />
              {vocabulary.photoFaults[code]}
            </p>
          ))}
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
