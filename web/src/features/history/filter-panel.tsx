import { Button, NativeSelect } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconFilter, IconFilterOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { productsQuery } from '../../api/queries.ts'
import { defectTypes, facilities, severities } from '../../components/codes.ts'
import { useTexts } from '../../language/use-language.ts'
import classes from './filter-panel.module.css'
import { FILTER_NAMES, type FilterName, type Filters, isDay } from './filters.ts'
import { TypedFilter } from './typed-filter.tsx'

interface FilterPanelProps {
  filters: Filters
  onChange: (name: FilterName, value: string) => void
  onClear: () => void
}

export function FilterPanel({ filters, onChange, onClear }: FilterPanelProps) {
  const { history: texts, vocabulary } = useTexts()
  const { data: products = [] } = useQuery(productsQuery)
  const [open, { toggle }] = useDisclosure(false)
  const wide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false })
  const set = FILTER_NAMES.filter((name) => filters[name]).length
  const choices: [keyof typeof texts.choices, { value: string; label: string }[]][] = [
    ['facility', facilities.map((code) => ({ value: code, label: vocabulary.facilities[code] }))],
    ['product', products.map(({ code }) => ({ value: code, label: code }))],
    [
      'defect',
      [
        { value: 'yes', label: texts.yes },
        { value: 'no', label: texts.no },
      ],
    ],
    ['type', defectTypes.map((code) => ({ value: code, label: vocabulary.defectTypes[code] }))],
    ['severity', severities.map((code) => ({ value: code, label: vocabulary.severities[code].name }))],
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
              label={texts.choices[name]}
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
