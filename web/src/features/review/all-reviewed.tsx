import { Button, Text } from '@mantine/core'
import { IconCircleCheck, IconPhotoScan, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { historyCountQuery } from '../../api/queries.ts'
import { useFormats } from '../../language/use-language.ts'
import classes from './review-page.module.css'
import { useReviewTexts } from './texts.ts'

interface AllReviewedProps {
  /** Has come since the queue was read. */
  left: number
  /** Something is still being sent: what is left is not known yet. */
  busy: boolean
  unsure: boolean
  onClear: (() => void) | null
  onRenew: () => void
}

/** The end of the queue. */
export function AllReviewed({ left, busy, unsure, onClear, onRenew }: AllReviewedProps) {
  const texts = useReviewTexts()
  const formats = useFormats()
  const more = left > 0 && !busy
  const { data: all } = useQuery({ ...historyCountQuery({}), enabled: !more && !onClear })
  if (!more && !onClear && all?.count === 0) return <NothingYet />
  return (
    <div className={classes.empty} role="status">
      <IconCircleCheck size={56} stroke={1.25} aria-hidden />
      <h2>{more ? texts.newOnes(formats.number(left)) : unsure ? texts.noneUnsure : texts.allReviewed}</h2>
      {!more && <Text>{onClear ? texts.allReviewedFiltered : texts.allReviewedHint}</Text>}
      <div className={classes.steps}>
        {more && (
          <Button mih={44} leftSection={<IconRefresh size={20} aria-hidden />} onClick={onRenew}>
            {texts.showNew}
          </Button>
        )}
        {onClear && (
          <Button variant="default" mih={44} onClick={onClear}>
            {texts.filters.clear}
          </Button>
        )}
        <Button component={Link} to="/history" variant="default" mih={44}>
          {texts.toHistory}
        </Button>
      </div>
    </div>
  )
}

/** Of a system that has no result at all: who comes here first is told where to begin. */
function NothingYet() {
  const texts = useReviewTexts()
  return (
    <div className={classes.empty} role="status">
      <IconPhotoScan size={56} stroke={1.25} aria-hidden />
      <h2>{texts.nothingYet}</h2>
      <Text>{texts.nothingYetHint}</Text>
      <Button component={Link} to="/" mih={44}>
        {texts.toInspect}
      </Button>
    </div>
  )
}
