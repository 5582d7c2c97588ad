import { Button, CopyButton, Group, Text } from '@mantine/core'
import { IconCopy, IconExternalLink, IconLink, IconRefresh } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Analysis } from '../../api/types.ts'
import { formatShare, formatTime } from '../../components/format.ts'
import { SeverityTag, VerdictTag } from '../../components/tag.tsx'
import { useFacilityName } from '../../components/use-facility-name.ts'
import { defectTypeNames, verdictNames } from '../../components/vocabulary-texts.ts'
import classes from './summary.module.css'
import { texts } from './texts.ts'

interface SummaryProps {
  analysis: Analysis
  standalone: boolean
  onAgain?: () => void
}

/** The verdict at a glance, and what can be done with it. */
export function Summary({ analysis, standalone, onAgain }: SummaryProps) {
  const { defect_id: id, verdict, defect_detected: detected } = analysis
  const facility = useFacilityName(analysis.facility)
  const Heading = standalone ? 'h1' : 'h2'
  const path = `/results/${id}`
  return (
    <div className={classes.summary}>
      <div className={classes.head}>
        <VerdictTag verdict={verdict} size="lg" />
        <div className={classes.words}>
          <Heading className={classes.title}>
            {detected ? defectTypeNames[analysis.defect_type] : texts.noDefect}
          </Heading>
          <Group gap="xs">
            {detected && <SeverityTag severity={analysis.severity} />}
            <Text size="sm" title={texts.confidenceMeaning}>
              {texts.confidence} {formatShare(analysis.confidence)}
            </Text>
            <Text size="sm" c="dimmed">
              {texts.confidenceMeaning}
            </Text>
          </Group>
          {verdict === 'review' && <Text size="sm">{verdictNames.review.meaning}</Text>}
        </div>
      </div>
      <Text size="sm" c="dimmed" className={classes.about}>
        {analysis.product_sku} · {facility} ·{' '}
        <time dateTime={analysis.timestamp}>{formatTime(analysis.timestamp)}</time>
        {analysis.file_name && <> · {analysis.file_name}</>}
      </Text>
      {analysis.duplicate && (
        <p className={classes.duplicate}>
          <IconCopy size={18} aria-hidden />
          {texts.duplicate(formatTime(analysis.timestamp))}
        </p>
      )}
      <Group gap="xs">
        {!standalone && (
          <Button component={Link} to={path} variant="default" leftSection={<IconExternalLink size={18} aria-hidden />}>
            {texts.openPage}
          </Button>
        )}
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
