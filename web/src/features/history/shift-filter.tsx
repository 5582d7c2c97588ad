import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { shiftsQuery } from '../../api/shifts.ts'
import { useShiftName } from '../../components/use-shift-name.ts'
import { useTexts } from '../../language/use-language.ts'

interface ShiftFilterProps {
  /** Limits the choice to the shifts of one facility; empty: those of all. */
  facility: string
  value: string
  onChange: (value: string) => void
}

export function ShiftFilter({ facility, value, onChange }: ShiftFilterProps) {
  const texts = useTexts().history
  const shiftName = useShiftName()
  const { data: facilities = [] } = useQuery(shiftsQuery)
  const names = facilities
    .filter((each) => facility === '' || each.facility === facility)
    .flatMap(({ hours }) => hours.flatMap(({ shifts }) => shifts.map(({ name }) => name)))
  // The value in the address may also be a text that came with the photos.
  const choices = [...new Set(value ? [...names, value] : names)]
  return (
    <NativeSelect
      label={texts.names.shift}
      value={value}
      data={[{ value: '', label: texts.any }, ...choices.map((name) => ({ value: name, label: shiftName(name) }))]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
