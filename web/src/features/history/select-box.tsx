import { useTexts } from '../../language/use-language.ts'
import type { ItemProps } from './item.ts'
import classes from './select-box.module.css'

/** Takes a result in for printing; with Shift, all from the one before. (The browser's own: there is one in each of many lines.) */
export function SelectBox({ analysis, index, tabIndex, selected, selectable, onSelect }: ItemProps) {
  const texts = useTexts().history
  return (
    <label className={classes.target}>
      <input
        type="checkbox"
        className={classes.box}
        checked={selected}
        disabled={!selected && !selectable}
        tabIndex={tabIndex}
        aria-label={texts.choose(analysis.defect_id)}
        onChange={(event) => onSelect(index, (event.nativeEvent as MouseEvent).shiftKey === true)}
      />
    </label>
  )
}
