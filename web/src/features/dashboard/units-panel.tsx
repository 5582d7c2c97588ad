import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { unitsQuery } from '../../api/statistics.ts'
import type { InspectedUnits, UnitsChange } from '../../api/types.ts'
import { facilities } from '../../components/codes.ts'
import { Panel } from '../../components/panel.tsx'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useSendUnits } from '../../components/units-entry.tsx'
import { UnitsForm } from '../../components/units-form.tsx'
import { useFormats } from '../../language/use-language.ts'
import type { Filters } from './filters.ts'
import { useDashboardTexts } from './texts.ts'
import { UnitsList } from './units-list.tsx'

interface UnitsPanelProps {
  filters: Filters
  /** Days that no number covers; null: not known, as the figures are of another basis. */
  missingDays: readonly string[] | null
}

/** Where people enter how many parts were inspected, correct it, and take it back. */
export function UnitsPanel({ filters, missingDays }: UnitsPanelProps) {
  const texts = useDashboardTexts().units
  const formats = useFormats()
  const facility = facilities.find((code) => code === filters.facility)
  const entered = useQuery(unitsQuery(facility))
  const [correcting, setCorrecting] = useState<InspectedUnits | null>(null)
  const sending = useSendUnits(() => setCorrecting(null))
  const sent = sending.data && sending.variables
  const said = (change: UnitsChange) =>
    change.units === null
      ? texts.removed(change.product_sku, change.day)
      : texts.saved(formats.number(change.units), change.product_sku, change.day)
  return (
    <Panel title={texts.title}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {texts.intro}
        </Text>
        <UnitsForm
          // A number to correct fills the form; after it was saved, the next one is of the same place.
          key={correcting ? JSON.stringify(correcting) : 'new'}
          start={
            correcting ?? { facility: facility ?? 'yangjiang', day: missingDays?.at(-1), product_sku: filters.product }
          }
          isSending={sending.isPending}
          onSend={sending.mutate}
        />
        <Text size="sm" role="status" fw={600}>
          {sent && said(sent)}
        </Text>
        {sending.isError && <ProblemNote title={texts.failed} error={sending.error} />}
        {entered.isError && (
          <ProblemNote title={texts.listFailed} error={entered.error} onRetry={() => void entered.refetch()} />
        )}
        {entered.data && (
          <UnitsList
            rows={entered.data}
            onCorrect={setCorrecting}
            onRemove={({ facility, day, shift, line_id, product_sku }) =>
              sending.mutate({ facility, day, shift, line_id, product_sku, units: null })
            }
          />
        )}
      </Stack>
    </Panel>
  )
}
