import { Button, Text } from '@mantine/core'
import { IconPrinter, IconSelectAll, IconX } from '@tabler/icons-react'
import { Link } from 'react-router'
import { useTexts } from '../../language/use-language.ts'
import { MOST_SELECTED, type Selection } from './selection.ts'
import classes from './selection-bar.module.css'

interface SelectionBarProps {
  selection: Selection
  /** Ids of the results that are in view; null: there are none. */
  inView: (() => string[]) | null
}

/** What can be done with the chosen results; stays in view as long as there are some. */
export function SelectionBar({ selection, inView }: SelectionBarProps) {
  const texts = useTexts().history
  const { ids, full } = selection
  if (ids.size === 0) return null
  return (
    <section className={classes.bar} aria-label={texts.chosenTitle}>
      <Text size="sm" fw={600} role="status">
        {texts.chosen(ids.size, MOST_SELECTED)}
      </Text>
      <Button
        component={Link}
        to={`/print?ids=${[...ids].join(',')}`}
        size="sm"
        leftSection={<IconPrinter size={18} aria-hidden />}
      >
        {texts.print}
      </Button>
      <Button
        variant="default"
        size="sm"
        disabled={full || !inView}
        onClick={() => inView && selection.add(inView())}
        leftSection={<IconSelectAll size={18} aria-hidden />}
      >
        {texts.chooseShown}
      </Button>
      <Button variant="subtle" size="sm" onClick={selection.clear} leftSection={<IconX size={18} aria-hidden />}>
        {texts.chooseNone}
      </Button>
    </section>
  )
}
