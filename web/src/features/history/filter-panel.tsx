import { Button, NativeSelect } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconFilter, IconFilterOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { facilitiesQuery, productsQuery } from '../../api/queries.ts'
import { codesOf, defectTypeNames, severityNames } from '../../components/vocabulary-texts.ts'
import classes from './filter-panel.module.css'
import { FILTER_NAMES, type FilterName, type Filters, isDay } from './filters.ts'
import { texts } from './texts.ts'
import { TypedFilter } from './typed-filter.tsx'

interface FilterPanelProps {
  filters: Filters
  onChange: (name: FilterName, value: string) => void
  onClear: () => void
}

export function FilterPanel({ filters, onChange, onClear }: FilterPanelProps) {
  const { data: facilities = [] } = useQuery(facilitiesQuery)
  const { data: products = [] } = useQuery(productsQuery)
  const [open, { toggle }] = useDisclosure(false)
  const wide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false })
  const set = FILTER_NAMES.filter((name) => filters[name]).length
  const choices: [FilterName, { value: string; label: string }[]][] = [
    ['facility', facilities.map(({ code, name }) => ({ value: code, label: name }))],
    ['product', products.map(({ code }) => ({ value: code, label: code }))],
    [
      'defect',
      [
        { value: 'yes', label: texts.yes },
        { value: 'no', label: texts.no },
      ],
    ],
    ['type', codesOf(defectTypeNames).map((code) => ({ value: code, label: defectTypeNames[code] }))],
    ['severity', codesOf(severityNames).map((code) => ({ value: code, label: severityNames[code].name }))],
  ]
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
          {texts.filtersSet(set)}
        </Button>
      )}
      {(wide || open) && (
        <div className={classes.fields}>
          <TypedFilter
            type="date"
            label={texts.from}
            value={filters.from}
            accepts={isDay}
            onChange={(value) => onChange('from', value)}
          />
          <TypedFilter
            type="date"
            label={texts.to}
            value={filters.to}
            accepts={isDay}
            onChange={(value) => onChange('to', value)}
          />
          {choices.map(([name, data]) => (
            <NativeSelect
              key={name}
              label={texts[name as keyof typeof texts] as string}
              value={filters[name]}
              data={[{ value: '', label: texts.any }, ...data]}
              onChange={(event) => onChange(name, event.currentTarget.value)}
            />
          ))}
          <TypedFilter
            type="search"
            className={classes.text}
            label={texts.text}
            placeholder={texts.textHint}
            value={filters.text}
            onChange={(value) => onChange('text', value)}
          />
          {set > 0 && (
            <Button
              variant="subtle"
              className={classes.clear}
              onClick={onClear}
              leftSection={<IconFilterOff size={18} aria-hidden />}
            >
              {texts.clear}
            </Button>
          )}
        </div>
      )}
    </search>
  )
}
