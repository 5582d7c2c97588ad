import { Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { sendUnits } from '../api/statistics.ts'
import { useFormats } from '../language/use-language.ts'
import { ProblemNote } from './problem-note.tsx'
import { UnitsForm, type UnitsStart } from './units-form.tsx'
import { useUnitsTexts } from './units-texts.ts'

/** What counts by inspected units. */
const COUNTED = ['inspected-units', 'statistics', 'shift-report']

/** Sends a number, and has everything that counts by it counted again. */
export function useSendUnits(onSent: () => void = () => undefined) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: sendUnits,
    onSuccess: async () => {
      onSent()
      await Promise.all(COUNTED.map((name) => queries.invalidateQueries({ queryKey: [name] })))
    },
  })
}

/** The form where a number is missing. */
export function UnitsEntry({ start }: { start: UnitsStart }) {
  const texts = useUnitsTexts()
  const formats = useFormats()
  const sending = useSendUnits()
  const sent = sending.data && sending.variables
  return (
    <div>
      <UnitsForm start={start} isSending={sending.isPending} onSend={sending.mutate} />
      <Text size="sm" role="status" fw={600}>
        {sent?.units != null && texts.saved(formats.number(sent.units), sent.product_sku, sent.day)}
      </Text>
      {sending.isError && <ProblemNote title={texts.failed} error={sending.error} />}
    </div>
  )
}
