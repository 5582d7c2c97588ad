import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { IconFilterOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { productsQuery } from '../../api/queries.ts'
import { choicesQuery } from '../../api/statistics.ts'
import { facilities } from '../../components/codes.ts'
import { TRUTHS } from '../../components/truths.ts'
import { useShiftName } from '../../components/use-shift-name.ts'
import { dayIn, isDay } from '../../language/formats.ts'
import { useTexts } from '../../language/use-language.ts'
import classes from './filter-bar.module.css'
import { BASES, type Filters, PERIODS } from './filters.ts'
import { useDashboardTexts } from './texts.ts'

const DAY_MS = 86_400_000

interface FilterBarProps {
  filters: Filters
  /** Where today is counted. */
  timeZone: string | undefined
  onChange: (change: Partial<Filters>) => void
  onClear: () => void
}

/** What all charts of the page are of. */
export function FilterBar({ filters, timeZone, onChange, onClear }: FilterBarProps) {
  const texts = useDashboardTexts()
  const { figures, vocabulary } = useTexts()
  const shiftName = useShiftName()
  const { data: products = [] } = useQuery(productsQuery)
  const facility = facilities.find((code) => code === filters.facility)
  const { data: choices } = useQuery(choicesQuery(facility))
  const daysAgo = (days: number) => dayIn(new Date(Date.now() - days * DAY_MS).toISOString(), timeZone)
  const setPeriod = (period: Filters['period']) =>
    onChange(
      period === 'own'
        ? { period: undefined, from: filters.from || daysAgo(29), to: filters.to || daysAgo(0) }
        : { period, from: '', to: '' },
    )
  // What the address asks for is offered in any case.
  const options = (all: string, values: readonly string[], current: string) => [
    { value: '', label: all },
    ...(current && !values.includes(current) ? [current] : []),
    ...values,
  ]
  const filtered = filters.facility || filters.product || filters.line || filters.shift
  return (
    <search className={classes.bar} aria-label={texts.filters} data-print="no">
      <Choice
        label={texts.period}
        value={filters.period}
        data={PERIODS.map((value) => ({ value, label: texts.periods[value] }))}
        onChange={setPeriod}
      />
      {filters.period === 'own' && (
        <div className={classes.fields}>
          <DayInput
            label={figures.from}
            value={filters.from}
            max={filters.to}
            onChange={(from) => onChange({ from })}
          />
          <DayInput label={figures.to} value={filters.to} min={filters.from} onChange={(to) => onChange({ to })} />
        </div>
      )}
      <div className={classes.fields}>
        <NativeSelect
          label={figures.facility}
          value={filters.facility}
          data={[
            { value: '', label: figures.allFacilities },
            ...facilities.map((code) => ({ value: code, label: vocabulary.facilities[code] })),
          ]}
          onChange={(event) => onChange({ facility: event.currentTarget.value })}
        />
        <NativeSelect
          label={figures.product}
          value={filters.product}
          data={options(
            figures.allProducts,
            products.map(({ code }) => code),
            filters.product,
          )}
          onChange={(event) => onChange({ product: event.currentTarget.value })}
        />
        <NativeSelect
          label={figures.line}
          value={filters.line}
          data={options(figures.allLines, choices?.lines ?? [], filters.line)}
          onChange={(event) => onChange({ line: event.currentTarget.value })}
        />
        <NativeSelect
          label={figures.shift}
          value={filters.shift}
          data={options(figures.allShifts, choices?.shifts ?? [], filters.shift).map((option) =>
            typeof option === 'string' ? { value: option, label: shiftName(option) } : option,
          )}
          onChange={(event) => onChange({ shift: event.currentTarget.value })}
        />
        {filtered && (
          <Button variant="subtle" onClick={onClear} leftSection={<IconFilterOff size={18} aria-hidden />}>
            {texts.clear}
          </Button>
        )}
      </div>
      <div className={classes.choices}>
        <Choice
          label={texts.basis}
          value={filters.basis}
          data={BASES.map((value) => ({ value, label: texts.bases[value] }))}
          onChange={(basis) => onChange({ basis })}
        />
        <Choice
          label={figures.truth}
          value={filters.truth}
          data={TRUTHS.map((value) => ({ value, label: figures.truths[value] }))}
          onChange={(truth) => onChange({ truth })}
        />
      </div>
    </search>
  )
}

interface ChoiceProps<Value extends string> {
  label: string
  value: Value
  data: { value: Value; label: string }[]
  onChange: (value: Value) => void
}

function Choice<Value extends string>({ label, ...choice }: ChoiceProps<Value>) {
  const id = useId()
  return (
    <div className={classes.choice}>
      <span id={id} className={classes.label}>
        {label}
      </span>
      <SegmentedControl
        {...choice}
        aria-labelledby={id}
        size="sm"
        transitionDuration={0}
        classNames={{ label: classes.option }}
      />
    </div>
  )
}

interface DayInputProps {
  label: string
  value: string
  min?: string
  max?: string
  onChange: (day: string) => void
}

/** Takes effect once it is a day: years before 2000 only occur while somebody types. */
function DayInput({ value, onChange, ...input }: DayInputProps) {
  return (
    <TextInput
      {...input}
      key={value}
      type="date"
      defaultValue={value}
      onChange={(event) => isDay(event.currentTarget.value) && onChange(event.currentTarget.value)}
    />
  )
}
