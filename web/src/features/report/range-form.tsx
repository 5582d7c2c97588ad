import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { choicesQuery } from '../../api/statistics.ts'
import { facilities } from '../../components/codes.ts'
import { TRUTHS, truthOf } from '../../components/truths.ts'
import { useTexts } from '../../language/use-language.ts'
import type { Range } from './range.ts'
import classes from './range-form.module.css'
import { useReportTexts } from './texts.ts'

interface RangeFormProps {
  range: Range
  onChange: (change: Partial<Range>) => void
}

export function RangeForm({ range, onChange }: RangeFormProps) {
  const texts = useReportTexts()
  const { figures, vocabulary } = useTexts()
  const { data: choices } = useQuery(choicesQuery(range.facility))
  const shifts = [...new Set([...(choices?.shifts ?? []), ...(range.shift ? [range.shift] : [])])]
  return (
    <search className={classes.form} aria-label={texts.choose} data-print="no">
      <NativeSelect
        label={figures.facility}
        value={range.facility}
        data={facilities.map((code) => ({ value: code, label: vocabulary.facilities[code] }))}
        onChange={(event) => {
          const facility = facilities.find((code) => code === event.currentTarget.value)
          if (facility) onChange({ facility })
        }}
      />
      <TextInput
        type="date"
        label={texts.day}
        key={`day ${range.day}`}
        defaultValue={range.day}
        onChange={(event) => /^2\d{3}/.test(event.currentTarget.value) && onChange({ day: event.currentTarget.value })}
      />
      <NativeSelect
        label={figures.shift}
        value={range.shift}
        data={[{ value: '', label: figures.allShifts }, ...shifts]}
        onChange={(event) => onChange({ shift: event.currentTarget.value })}
      />
      <TextInput
        type="time"
        label={texts.from}
        value={range.from}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="time"
        label={texts.to}
        value={range.to}
        title={texts.hours}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
      <NativeSelect
        label={figures.truth}
        value={range.truth}
        data={TRUTHS.map((value) => ({ value, label: figures.truths[value] }))}
        onChange={(event) => onChange({ truth: truthOf(event.currentTarget.value) })}
      />
      <p className={classes.hint}>{texts.hours}</p>
    </search>
  )
}
