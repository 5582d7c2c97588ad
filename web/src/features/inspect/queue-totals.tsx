import { Button } from '@mantine/core'
import { IconBan, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { KeyCap } from '../../components/shortcuts/key-cap.tsx'
import { useShortcuts } from '../../components/shortcuts/use-shortcuts.ts'
import { Tag, verdictLook } from '../../components/tag.tsx'
import { useFormats, useTexts } from '../../language/use-language.ts'
import { isNg, type QueueItem } from './queue/item.ts'
import { photoQueue } from './queue/photo-queue.ts'
import { type Totals, VERDICTS } from './queue/totals.ts'
import classes from './queue-totals.module.css'

interface QueueTotalsProps {
  totals: Totals
  items: readonly QueueItem[]
  selected: string | null
}

/** What came of all photos, and the way through those that are NG. */
export function QueueTotals({ totals, items, selected }: QueueTotalsProps) {
  const { inspect: texts, vocabulary } = useTexts()
  const formats = useFormats()
  const bad = items.filter(isNg)
  const at = bad.findIndex(({ id }) => id === selected)
  const goTo = (item: QueueItem | undefined) => item && (() => photoQueue.select(item.id))
  const next = goTo(bad[at + 1])
  const previous = at > 0 ? goTo(bad[at - 1]) : undefined
  useShortcuts({ j: next, k: previous })
  return (
    <div className={classes.totals}>
      <div className={classes.counts}>
        {VERDICTS.filter((verdict) => totals[verdict] > 0).map((verdict) => (
          <Tag key={verdict} {...verdictLook[verdict]}>
            {vocabulary.verdicts[verdict].name} {formats.number(totals[verdict])}
          </Tag>
        ))}
        {totals.failed > 0 && (
          <Tag tone="neutral" icon={IconBan}>
            {texts.failedTotal} {formats.number(totals.failed)}
          </Tag>
        )}
      </div>
      {bad.length > 0 && (
        <div className={classes.steps}>
          <Button
            variant={at < 0 ? 'filled' : 'default'}
            mih={44}
            disabled={!next}
            aria-keyshortcuts="J"
            leftSection={<KeyCap name="J" />}
            rightSection={<IconChevronRight size={18} aria-hidden />}
            onClick={next}
          >
            {at < 0 ? texts.firstNg : texts.nextNg}
          </Button>
          {at >= 0 && (
            <>
              <Button
                variant="default"
                mih={44}
                disabled={!previous}
                aria-keyshortcuts="K"
                leftSection={<IconChevronLeft size={18} aria-hidden />}
                rightSection={<KeyCap name="K" />}
                onClick={previous}
              >
                {texts.previousNg}
              </Button>
              <span className={classes.place}>{texts.ngOf(at + 1, bad.length)}</span>
            </>
          )}
        </div>
      )}
    </div>
  )
}
