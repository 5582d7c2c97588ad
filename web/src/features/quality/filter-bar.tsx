import { Button, NativeSelect } from '@mantine/core'
import { IconFilterOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { productsQuery } from '../../api/queries.ts'
import type { Quality } from '../../api/types.ts'
import { facilities } from '../../components/codes.ts'
import { TypedField } from '../../components/typed-field.tsx'
import { isDay } from '../../language/formats.ts'
import { useTexts } from '../../language/use-language.ts'
import classes from './filter-bar.module.css'
import { FILTER_NAMES, type FilterName, type Filters } from './filters.ts'
import { useQualityTexts } from './texts.ts'

interface FilterBarProps {
  filters: Filters
  versions: Quality['model_versions']
  onChange: (name: FilterName, value: string) => void
  onClear: () => void
}

export function FilterBar({ filters, versions, onChange, onClear }: FilterBarProps) {
  const texts = useQualityTexts()
  const { vocabulary } = useTexts()
  const { data: products = [] } = useQuery(productsQuery)
  const models = versions.map(({ model_version }) => model_version)
  if (filters.model && !models.includes(filters.model)) models.push(filters.model)
  const choices: [FilterName, string, { value: string; label: string }[]][] = [
    ['facility', texts.facility, facilities.map((code) => ({ value: code, label: vocabulary.facilities[code] }))],
    ['product', texts.product, products.map(({ code }) => ({ value: code, label: code }))],
    ['model', texts.model, models.map((version) => ({ value: version, label: version }))],
  ]
  return (
    <search className={classes.filters} aria-label={texts.filters} data-print="no">
      {(['from', 'to'] as const).map((name) => (
        <TypedField
          key={name}
          type="date"
          label={texts[name]}
          value={filters[name]}
          accepts={isDay}
          onChange={(day) => onChange(name, day)}
        />
      ))}
      {choices.map(([name, label, data]) => (
        <NativeSelect
          key={name}
          label={label}
          value={filters[name]}
          data={[{ value: '', label: texts.any }, ...data]}
          onChange={(event) => onChange(name, event.currentTarget.value)}
        />
      ))}
      {FILTER_NAMES.some((name) => filters[name]) && (
        <Button
          className={classes.clear}
          variant="subtle"
          onClick={onClear}
          leftSection={<IconFilterOff size={18} aria-hidden />}
        >
          {texts.clear}
        </Button>
      )}
    </search>
  )
}
