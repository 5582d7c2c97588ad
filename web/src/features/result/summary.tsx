import { Button, CopyButton, Group, Text } from '@mantine/core'
import { IconCopy, IconExternalLink, IconLink, IconPrinter, IconRefresh } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Analysis } from '../../api/types.ts'
import { FacilityTime } from '../../components/facility-time.tsx'
import { SeverityTag, VerdictTag } from '../../components/tag.tsx'
import { useFacilityTime } from '../../components/use-facility-time.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import classes from './summary.module.css'

interface SummaryProps {
  analysis: Analysis
  standalone: boolean
  onAgain?: () => void
}

/** The verdict at a glance, and what can be done with it. */
export function Summary({ analysis, standalone, onAgain }: SummaryProps) {
  const { defect_id: id, verdict, defect_detected: detected } = analysis
  const { result: texts, shared, vocabulary } = useTexts()
  const formats = useFormats()
  const timeOf = useFacilityTime(analysis.facility)
  const Heading = standalone ? 'h1' : 'h2'
  const path = `/results/${id}`
  return (
    <div className={classes.summary}>
      <div className={classes.head}>
        <VerdictTag verdict={verdict} size="lg" />
        <div className={classes.words}>
          <Heading className={classes.title}>
            {detected ? vocabulary.defectTypes[analysis.defect_type] : shared.noDefect}
          </Heading>
          <Group gap="xs">
            {detected && <SeverityTag severity={analysis.severity} />}
            <Text size="sm" title={texts.confidenceMeaning}>
              {shared.confidence} {formats.share(analysis.confidence)}
            </Text>
            <Text size="sm" c="dimmed">
              {texts.confidenceMeaning}
            </Text>
          </Group>
          {verdict === 'review' && <Text size="sm">{vocabulary.verdicts.review.meaning}</Text>}
        </div>
      </div>
      <Text size="sm" c="dimmed" className={classes.about}>
        {analysis.product_sku} · {vocabulary.facilities[analysis.facility]} ·{' '}
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
          <Button component={Link} to={path} variant="default" leftSection={<IconExternalLink size={18} aria-hidden />}>
            {texts.openPage}
          </Button>
        )}
        <Button variant="default" onClick={() => window.print()} leftSection={<IconPrinter size={18} aria-hidden />}>
          {texts.print}
        </Button>
        <CopyButton value={`${window.location.origin}${path}`}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} leftSection={<IconLink size={18} aria-hidden />}>
              <span aria-live="polite">{copied ? texts.copied : texts.copyLink}</span>
            </Button>
          )}
        </CopyButton>
        {onAgain && (
          <Button variant="default" onClick={onAgain} leftSection={<IconRefresh size={18} aria-hidden />}>
            {texts.again}
          </Button>
        )}
      </Group>
    </div>
  )
}
