import { Button } from '@mantine/core'
import { IconFilterOff, IconX } from '@tabler/icons-react'
import { useShiftName } from '../../components/use-shift-name.ts'
import { useTexts } from '../../language/use-language.ts'
import classes from './filter-chips.module.css'
import { FILTER_NAMES, type FilterName, type Filters } from './filters.ts'
import { useChoices } from './use-choices.ts'

interface FilterChipsProps {
  filters: Filters
  onRemove: (name: FilterName) => void
  onClear: () => void
}

/** The filters that are set, each to be taken away by a button. */
export function FilterChips({ filters, onRemove, onClear }: FilterChipsProps) {
  const texts = useTexts().history
  const choices = useChoices()
  const shiftName = useShiftName()
  const set = FILTER_NAMES.filter((name) => filters[name])
  if (set.length === 0) return null
  return (
    <ul className={classes.chips} aria-label={texts.filtersInUse}>
      {set.map((name) => {
        const label = choices[name]?.find((choice) => choice.value === filters[name])?.label
        const value = label ?? (name === 'shift' ? shiftName(filters.shift) : filters[name])
        return (
          <li key={name}>
            <button
              type="button"
              className={classes.chip}
              aria-label={texts.removeFilter(texts.names[name], value)}
              onClick={() => onRemove(name)}
            >
              <span className={classes.name}>{texts.names[name]}</span>
              <span className={classes.value}>{value}</span>
              <IconX size={14} aria-hidden />
            </button>
          </li>
        )
      })}
      <li>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={onClear}
          leftSection={<IconFilterOff size={16} aria-hidden />}
        >
          {texts.clear}
        </Button>
      </li>
    </ul>
  )
}
