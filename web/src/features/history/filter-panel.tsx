import { Button, NativeSelect } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconAdjustmentsHorizontal, IconFilter } from '@tabler/icons-react'
import { isDay } from '../../language/formats.ts'
import { useTexts } from '../../language/use-language.ts'
import classes from './filter-panel.module.css'
import { FILTER_NAMES, type FilterName, type Filters, MAIN_FILTERS, MORE_FILTERS } from './filters.ts'
import { ShiftFilter } from './shift-filter.tsx'
import { TypedFilter } from './typed-filter.tsx'
import { useChoices } from './use-choices.ts'

interface FilterPanelProps {
  filters: Filters
  onChange: (name: FilterName, value: string) => void
}

/** What the history is narrowed down by. On a phone it is folded away, and what is asked for rarely is so anywhere. */
export function FilterPanel({ filters, onChange }: FilterPanelProps) {
  const texts = useTexts().history
  const [open, { toggle }] = useDisclosure(false)
  const [more, { toggle: toggleMore }] = useDisclosure(MORE_FILTERS.some((name) => filters[name]))
  const wide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false })
  const fields = (names: readonly FilterName[]) =>
    names.map((name) => {
      const props = { value: filters[name], onChange: (value: string) => onChange(name, value) }
      return name === 'shift' ? (
        <ShiftFilter key={name} facility={filters.facility} {...props} />
      ) : (
        <Filter key={name} name={name} {...props} />
      )
    })
  return (
    <search className={classes.filters} aria-label={texts.filters}>
      {!wide && (
        <Button
          variant="default"
          fullWidth
          aria-expanded={open}
          onClick={toggle}
          leftSection={<IconFilter size={18} aria-hidden />}
        >
          {texts.filtersSet(FILTER_NAMES.filter((name) => filters[name]).length)}
        </Button>
      )}
      {(wide || open) && (
        <div className={classes.fields}>
          {fields(MAIN_FILTERS)}
          <Button
            variant="subtle"
            size="compact-sm"
            className={classes.more}
            aria-expanded={more}
            onClick={toggleMore}
            leftSection={<IconAdjustmentsHorizontal size={18} aria-hidden />}
          >
            {more ? texts.fewerFilters : texts.moreFilters}
          </Button>
          {more && fields(MORE_FILTERS)}
        </div>
      )}
    </search>
  )
}

interface FilterProps {
  name: FilterName
  value: string
  onChange: (value: string) => void
}

function Filter({ name, value, onChange }: FilterProps) {
  const texts = useTexts().history
  const choices = useChoices()[name]
  const label = texts.names[name]
  if (choices) {
    return (
      <NativeSelect
        label={label}
        value={value}
        data={name === 'truth' ? choices : [{ value: '', label: texts.any }, ...choices]}
        // The final word is what nothing chosen means.
        onChange={(event) => onChange(event.currentTarget.value === 'final' ? '' : event.currentTarget.value)}
      />
    )
  }
  if (name === 'from' || name === 'to') {
    return <TypedFilter type="date" label={label} value={value} accepts={isDay} onChange={onChange} />
  }
  if (name !== 'text')
    return <TypedFilter type="search" label={label} value={value} maxLength={100} onChange={onChange} />
  return (
    <TypedFilter
      type="search"
      className={classes.text}
      label={label}
      placeholder={texts.textHint}
      value={value}
      onChange={onChange}
    />
  )
}
