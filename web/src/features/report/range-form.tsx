import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { FacilityShifts } from '../../api/types.ts'
import { facilities } from '../../components/codes.ts'
import { neighbourOf, shiftsOn } from '../../components/shift-days.ts'
import { TRUTHS, truthOf } from '../../components/truths.ts'
import { useShiftName } from '../../components/use-shift-name.ts'
import { isDay } from '../../language/formats.ts'
import { useTexts } from '../../language/use-language.ts'
import type { Range } from './range.ts'
import classes from './range-form.module.css'
import { useReportTexts } from './texts.ts'

interface RangeFormProps {
  range: Range
  shifts: FacilityShifts
  onChange: (change: Partial<Range>) => void
}

export function RangeForm({ range, shifts, onChange }: RangeFormProps) {
  const texts = useReportTexts()
  const { figures, vocabulary } = useTexts()
  const nameOf = useShiftName()
  const { day, shift } = range
  const offered = shiftsOn(shifts, day)
  // What the address asks for is offered in any case: the service says that there is no such shift.
  const other = shift && !offered.some(({ name }) => name === shift) ? [{ value: shift, label: shift }] : []
  return (
    <search className={classes.form} aria-label={texts.choose} data-print="no">
      <NativeSelect
        label={figures.facility}
        value={range.facility}
        data={facilities.map((code) => ({ value: code, label: vocabulary.facilities[code] }))}
        onChange={(event) => {
          const facility = facilities.find((code) => code === event.currentTarget.value)
          // Another facility has other shifts: its last one.
          if (facility) onChange({ facility, day: '', shift: '' })
        }}
      />
      <TextInput
        type="date"
        label={texts.day}
        key={`day ${day}`}
        defaultValue={day}
        onChange={(event) => isDay(event.currentTarget.value) && onChange({ day: event.currentTarget.value, shift })}
      />
      <NativeSelect
        label={figures.shift}
        value={shift}
        data={[
          { value: '', label: figures.allShifts },
          ...offered.map(({ name, start, end }) => ({ value: name, label: `${nameOf(name)} ${start} – ${end}` })),
          ...other,
        ]}
        onChange={(event) => onChange({ day, shift: event.currentTarget.value })}
      />
      <NativeSelect
        label={figures.truth}
        value={range.truth}
        data={TRUTHS.map((value) => ({ value, label: figures.truths[value] }))}
        onChange={(event) => onChange({ truth: truthOf(event.currentTarget.value) })}
      />
      <div className={classes.steps}>
        <Button
          variant="default"
          leftSection={<IconChevronLeft size={18} aria-hidden />}
          onClick={() => onChange(neighbourOf(shifts, range, -1))}
        >
          {shift ? texts.shiftBefore : texts.dayBefore}
        </Button>
        <Button
          variant="default"
          rightSection={<IconChevronRight size={18} aria-hidden />}
          disabled={day >= shifts.today && (!shift || shift === offered.at(-1)?.name)}
          onClick={() => onChange(neighbourOf(shifts, range, 1))}
        >
          {shift ? texts.shiftAfter : texts.dayAfter}
        </Button>
      </div>
    </search>
  )
}
