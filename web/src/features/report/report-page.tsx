import { Button, Group, Skeleton, Stack, Title, VisuallyHidden } from '@mantine/core'
import { IconChartBar, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { facilitiesQuery } from '../../api/queries.ts'
import { shiftReportQuery } from '../../api/statistics.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useTitle } from '../../components/use-title.ts'
import { CsvButton } from './csv-button.tsx'
import { type Range, readRange, toQuery } from './range.ts'
import { RangeForm } from './range-form.tsx'
import { ReportSheet } from './report-sheet.tsx'
import { useReportTexts } from './texts.ts'

export function ReportPage() {
  const texts = useReportTexts()
  useTitle(texts.title)
  const places = useQuery(facilitiesQuery)
  const zoneOf = (facility: Range['facility']) => places.data?.find(({ code }) => code === facility)?.time_zone
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const range = readRange(params, zoneOf)
  const query = toQuery(range, zoneOf(range.facility))
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...shiftReportQuery(query),
    // Where a day begins is known only with the facilities.
    enabled: !places.isPending,
  })
  const set = (change: Partial<Range>) => {
    const next = new URLSearchParams(window.location.search)
    for (const [name, value] of Object.entries(change)) {
      if (value) next.set(name, value)
      else next.delete(name)
    }
    void navigate({ search: next.toString() }, { preventScrollReset: true })
  }
  return (
    <Stack>
      <Group justify="space-between" data-print="no">
        <Title order={1} size="h2">
          {texts.title}
        </Title>
        <Group gap="xs">
          <Button
            component={Link}
            to="/dashboard"
            variant="default"
            leftSection={<IconChartBar size={18} aria-hidden />}
          >
            {texts.toDashboard}
          </Button>
          <CsvButton filters={query} day={range.day} />
          <Button onClick={() => window.print()} leftSection={<IconPrinter size={18} aria-hidden />}>
            {texts.print}
          </Button>
        </Group>
      </Group>
      <RangeForm range={range} onChange={set} />
      {error && <ProblemNote title={texts.failed} error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <div aria-busy>
          <VisuallyHidden role="status">{texts.loading}</VisuallyHidden>
          <Skeleton height={640} />
        </div>
      )}
      {data?.stored && !error && (
        <div aria-busy={isPlaceholderData}>
          <ReportSheet range={range} report={data.report} stored={data.stored} />
        </div>
      )}
    </Stack>
  )
}
