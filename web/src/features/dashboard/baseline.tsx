import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { sendBaseline } from '../../api/statistics.ts'
import type { BaselineChange, Statistics } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useMay } from '../../components/use-may.ts'
import { dayIn } from '../../language/formats.ts'
import { useFormats } from '../../language/use-language.ts'
import classes from './baseline.module.css'
import { BaselineForm } from './baseline-form.tsx'
import { type Filters, toQuery } from './filters.ts'
import { useDashboardTexts } from './texts.ts'

interface BaselineProps {
  data: Statistics
  filters: Filters
}

/** Of what the centre line is; an administrator freezes that of a range, and removes it. */
export function Baseline({ data, filters }: BaselineProps) {
  const dashboard = useDashboardTexts()
  const texts = dashboard.baseline
  const formats = useFormats()
  const may = useMay('admin')
  const queries = useQueryClient()
  const [open, form] = useDisclosure(false)
  const [removing, remove] = useDisclosure(false)
  const { time_zone: zone, trend } = data
  const { frozen } = trend
  const { facility, product_sku, line_id, shift, basis, truth } = toQuery(filters, zone)
  const sending = useMutation({
    mutationFn: (range: BaselineChange['range']) =>
      sendBaseline({ facility, product_sku, line_id, shift, basis, truth, range }),
    onSuccess: async () => {
      form.close()
      remove.close()
      await queries.invalidateQueries({ queryKey: ['statistics'] })
    },
  })
  const dayOf = (iso: string, before = 0) => formats.day(new Date(Date.parse(iso) - before).toISOString(), zone)
  return (
    <div className={classes.baseline}>
      <Group gap="xs">
        <span>
          {frozen && trend.baseline === 'frozen' ? (
            <>
              {texts.frozen(
                formats.percent(frozen.centre_percent),
                dayOf(frozen.from),
                dayOf(frozen.to, 1),
                dashboard.trend.of(formats.number(frozen.defects), formats.number(frozen.inspected)),
              )}{' '}
              {texts.by(frozen.person, formats.time(frozen.created_at, zone))}
            </>
          ) : (
            texts.range
          )}
        </span>
        {may && !open && (
          <Group gap="xs" data-print="no">
            {removing ? (
              <>
                <Button size="compact-sm" loading={sending.isPending} onClick={() => sending.mutate(null)}>
                  {texts.reallyRemove}
                </Button>
                <Button size="compact-sm" variant="default" onClick={remove.close}>
                  {texts.keep}
                </Button>
              </>
            ) : (
              <>
                <Button size="compact-sm" variant="default" onClick={form.open}>
                  {frozen ? texts.again : texts.open}
                </Button>
                {frozen && (
                  <Button size="compact-sm" variant="default" onClick={remove.open}>
                    {texts.remove}
                  </Button>
                )}
              </>
            )}
          </Group>
        )}
      </Group>
      {open && (
        <BaselineForm
          from={dayIn(data.from, zone)}
          to={dayIn(new Date(Date.parse(data.to) - 1).toISOString(), zone)}
          timeZone={zone}
          isSending={sending.isPending}
          onSend={sending.mutate}
          onCancel={form.close}
        />
      )}
      {sending.isError && <ProblemNote title={texts.failed} error={sending.error} />}
    </div>
  )
}
