import { NativeSelect, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { shiftsQuery } from '../../api/shifts.ts'
import type { Facility, FacilityShifts } from '../../api/types.ts'
import { facilities } from '../../components/codes.ts'
import { Panel } from '../../components/panel.tsx'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useShiftName } from '../../components/use-shift-name.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import { ShiftForm } from './shift-form.tsx'
import { useShiftsTexts } from './shifts-texts.ts'

/** The hours of each facility's shifts. */
export function ShiftsPanel() {
  const texts = useShiftsTexts()
  const { vocabulary } = useTexts()
  const [facility, setFacility] = useState<Facility>('yangjiang')
  const { data, error, refetch } = useQuery(shiftsQuery)
  const known = data?.find((one) => one.facility === facility)
  return (
    <Panel title={texts.title}>
      <Stack>
        <Text size="sm" c="dimmed">
          {texts.text}
        </Text>
        {error && <ProblemNote title={texts.failed} error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton height={240} role="status" aria-label={texts.loading} />}
        {known && (
          <>
            <NativeSelect
              label={texts.facility}
              value={facility}
              data={facilities.map((code) => ({ value: code, label: vocabulary.facilities[code] }))}
              onChange={(event) =>
                setFacility(facilities.find((code) => code === event.currentTarget.value) ?? facility)
              }
              maw="24rem"
            />
            <ShiftForm key={facility} known={known} />
            <SoFar known={known} />
          </>
        )}
      </Stack>
    </Panel>
  )
}

/** Which hours have counted from which day on, and who has set them. */
function SoFar({ known }: { known: FacilityShifts }) {
  const texts = useShiftsTexts()
  const { date, time } = useFormats()
  const shiftName = useShiftName()
  return (
    <div>
      <Text size="sm" fw={600}>
        {texts.history}
      </Text>
      {known.hours.map(({ from_day, shifts, person, updated_at }) => (
        <Text key={from_day} size="sm">
          {from_day ? texts.since(date(from_day)) : texts.always}:{' '}
          {shifts.map(({ name, start, end }) => `${shiftName(name)} ${start} – ${end}`).join(' · ')}
          {person && updated_at && ` (${texts.by(person, time(updated_at, known.time_zone))})`}
        </Text>
      ))}
    </div>
  )
}
