import { Checkbox } from '@mantine/core'
import { useTexts } from '../../language/use-language.ts'
import type { ItemProps } from './item.ts'

/** Takes a result in for printing; with Shift, all from the one before. */
export function SelectBox({ analysis, index, tabIndex, selected, selectable, onSelect }: ItemProps) {
  const texts = useTexts().history
  return (
    <Checkbox
      size="sm"
      checked={selected}
      disabled={!selected && !selectable}
      tabIndex={tabIndex}
      aria-label={texts.choose(analysis.defect_id)}
      onChange={(event) => onSelect(index, (event.nativeEvent as MouseEvent).shiftKey === true)}
    />
  )
}
