import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { setShifts, shiftsQuery } from '../../api/shifts.ts'
import type { FacilityShifts, ShiftTimes } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import classes from './shift-form.module.css'
import { gapsOf } from './shift-gaps.ts'
import { useShiftsTexts } from './shifts-texts.ts'

const MOST = 8
/** What is counted by shifts. */
const COUNTED = ['statistics', 'statistics-choices', 'shift-report', 'history', 'history-count', 'inspected-units']

/** Of 24 hours in every language, as the report has them; a field of type time follows the browser. */
const CLOCK = { required: true, pattern: '([01]\\d|2[0-3]):[0-5]\\d', placeholder: '20:00', maxLength: 5 } as const

/** "8:00" and "800" are read as well. */
function asTime(typed: string): string {
  const [, hours, minutes] = /^\s*(\d{1,2})[:.：]?(\d\d)\s*$/.exec(typed) ?? []
  return hours && minutes ? `${hours.padStart(2, '0')}:${minutes}` : typed.trim()
}

interface Row extends ShiftTimes {
  id: number
}

const numbered = (shifts: readonly ShiftTimes[]): Row[] => shifts.map((shift, id) => ({ ...shift, id }))

/** The shifts of a facility's day, from a day on. */
export function ShiftForm({ known }: { known: FacilityShifts }) {
  const texts = useShiftsTexts()
  const queries = useQueryClient()
  // What is to come stands in the form: else it would be taken back unseen.
  const [rows, setRows] = useState(numbered(known.hours[0]?.shifts ?? known.shifts))
  const [fromDay, setFromDay] = useState(known.today)
  const saving = useMutation({
    mutationFn: () =>
      setShifts({
        facility: known.facility,
        from_day: fromDay,
        shifts: rows.map(({ name, start, end }) => ({ name, start, end })),
      }),
    onSuccess: async (all) => {
      queries.setQueryData(shiftsQuery.queryKey, all)
      await Promise.all(COUNTED.map((name) => queries.invalidateQueries({ queryKey: [name] })))
    },
  })
  const change = (next: Row[]) => {
    saving.reset()
    setRows(next)
  }
  const set = (id: number, part: Partial<ShiftTimes>) =>
    change(rows.map((row) => (row.id === id ? { ...row, ...part } : row)))
  const add = () => {
    const id = Math.max(-1, ...rows.map((row) => row.id)) + 1
    change([...rows, { id, name: '', start: rows.at(-1)?.end ?? '', end: rows[0]?.start ?? '' }])
  }
  const gaps = gapsOf(rows)
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <Stack>
        <ol className={classes.rows}>
          {rows.map((row, index) => (
            <li key={row.id} className={classes.row}>
              <TextInput
                label={texts.columns.name}
                aria-label={texts.name(index + 1)}
                required
                maxLength={40}
                value={row.name}
                onChange={(event) => set(row.id, { name: event.currentTarget.value })}
              />
              <TextInput
                label={texts.columns.start}
                aria-label={texts.start(index + 1)}
                {...CLOCK}
                value={row.start}
                onChange={(event) => set(row.id, { start: event.currentTarget.value })}
                onBlur={() => set(row.id, { start: asTime(row.start) })}
              />
              <TextInput
                label={texts.columns.end}
                aria-label={texts.end(index + 1)}
                {...CLOCK}
                value={row.end}
                onChange={(event) => set(row.id, { end: event.currentTarget.value })}
                onBlur={() => set(row.id, { end: asTime(row.end) })}
              />
              <span className={classes.next}>{row.end && row.end <= row.start && texts.nextDay}</span>
              <ActionIcon
                variant="subtle"
                size="lg"
                aria-label={texts.remove(row.name || String(index + 1))}
                disabled={rows.length === 1}
                onClick={() => change(rows.filter(({ id }) => id !== row.id))}
              >
                <IconX size={18} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ol>
        {rows.length < MOST && (
          <Button variant="default" w="fit-content" leftSection={<IconPlus size={18} aria-hidden />} onClick={add}>
            {texts.add}
          </Button>
        )}
        {gaps.length > 0 && (
          <Text size="sm" c="var(--warn-ink)" role="status">
            {texts.free(gaps.join(', '))}
          </Text>
        )}
        <TextInput
          type="date"
          label={texts.fromDay}
          description={texts.fromDayHint}
          required
          maw="24rem"
          value={fromDay}
          onChange={(event) => {
            saving.reset()
            setFromDay(event.currentTarget.value)
          }}
        />
        <Group>
          <Button type="submit" loading={saving.isPending}>
            {texts.save}
          </Button>
          <Text size="sm" role="status">
            {saving.isSuccess && texts.saved}
          </Text>
        </Group>
        {saving.isError && <ProblemNote title={texts.saveFailed} error={saving.error} />}
      </Stack>
    </form>
  )
}
