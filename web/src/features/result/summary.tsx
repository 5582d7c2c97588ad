import { Button, CopyButton, Group, Text } from '@mantine/core'
import { IconCopy, IconExternalLink, IconLink, IconPrinter, IconRefresh } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Analysis } from '../../api/types.ts'
import { FacilityTime } from '../../components/facility-time.tsx'
import { SeverityTag, VerdictTag } from '../../components/tag.tsx'
import { useFacilityTime } from '../../components/use-facility-time.ts'
import { useTexts } from '../../language/use-language.ts'
import { DetailsButton } from './details-button.tsx'
import { Standing } from './standing.tsx'
import classes from './summary.module.css'

interface SummaryProps {
  analysis: Analysis
  standalone: boolean
  onAgain?: () => void
}

/** The verdict at a glance, and what can be done with it. */
export function Summary({ analysis, standalone, onAgain }: SummaryProps) {
  const { defect_id: id, effective } = analysis
  const { result: texts, shared, vocabulary } = useTexts()
  const timeOf = useFacilityTime(analysis.facility)
  const Heading = standalone ? 'h1' : 'h2'
  const path = `/results/${id}`
  return (
    <div className={classes.summary}>
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
      <Text size="sm" c="dimmed" className={classes.about}>
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
      <Group gap="xs" data-print="no">
        {!standalone && (
          <Button
            component={Link}
            to={path}
            variant="default"
            mih={44}
            leftSection={<IconExternalLink size={18} aria-hidden />}
          >
            {texts.openPage}
          </Button>
        )}
        <Button
          variant="default"
          mih={44}
          onClick={() => window.print()}
          leftSection={<IconPrinter size={18} aria-hidden />}
        >
          {texts.print}
        </Button>
        <CopyButton value={`${window.location.origin}${path}`}>
          {({ copied, copy }) => (
            <Button variant="default" mih={44} onClick={copy} leftSection={<IconLink size={18} aria-hidden />}>
              <span aria-live="polite">{copied ? texts.copied : texts.copyLink}</span>
            </Button>
          )}
        </CopyButton>
        <DetailsButton analysis={analysis} />
        {onAgain && (
          <Button variant="default" mih={44} onClick={onAgain} leftSection={<IconRefresh size={18} aria-hidden />}>
            {texts.again}
          </Button>
        )}
      </Group>
    </div>
  )
}
