import { Button, SegmentedControl } from '@mantine/core'
import { IconArrowBarToUp, IconLayoutGrid, IconTable } from '@tabler/icons-react'
import { isDay } from '../../language/formats.ts'
import { useTexts } from '../../language/use-language.ts'
import classes from './history-tools.module.css'
import { TypedFilter } from './typed-filter.tsx'
import { VIEWS, type View } from './use-history-address.ts'

const ICONS = { table: IconTable, gallery: IconLayoutGrid }

interface HistoryToolsProps {
  view: View
  onView: (view: View) => void
  /** The day that the list begins with, YYYY-MM-DD; empty: the newest. */
  day: string
  onDay: (day: string) => void
}

/** How the list is shown, and where it begins. */
export function HistoryTools({ view, onView, day, onDay }: HistoryToolsProps) {
  const texts = useTexts().history
  return (
    <div className={classes.tools}>
      <SegmentedControl
        aria-label={texts.view}
        value={view}
        onChange={(chosen) => onView(chosen as View)}
        data={VIEWS.map((name) => {
          const Icon = ICONS[name]
          return {
            value: name,
            label: (
              <span className={classes.view}>
                <Icon size={16} aria-hidden />
                {texts.views[name]}
              </span>
            ),
          }
        })}
      />
      <TypedFilter
        type="date"
        className={classes.day}
        label={texts.jump}
        value={day}
        accepts={isDay}
        onChange={onDay}
      />
      {day && (
        <Button variant="subtle" onClick={() => onDay('')} leftSection={<IconArrowBarToUp size={18} aria-hidden />}>
          {texts.toNewest}
        </Button>
      )}
    </div>
  )
}
