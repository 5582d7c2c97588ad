import { Button, Group, Skeleton, Stack, Title, VisuallyHidden } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { shiftsQuery } from '../../api/shifts.ts'
import { shiftReportQuery } from '../../api/statistics.ts'
import type { FacilityShifts } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useTitle } from '../../components/use-title.ts'
import { CsvButton } from './csv-button.tsx'
import { PrintButton } from './print-button.tsx'
import { facilityOf, type Range, readRange, toQuery } from './range.ts'
import { RangeForm } from './range-form.tsx'
import { ReportSheet } from './report-sheet.tsx'
import { useReportTexts } from './texts.ts'

/** The report of a shift: the one that has ended last, unless the address names another. */
export function ReportPage() {
  const texts = useReportTexts()
  useTitle(texts.title)
  const [params] = useSearchParams()
  const facility = facilityOf(params)
  const { data, error, refetch } = useQuery(shiftsQuery)
  const shifts = data?.find((one) => one.facility === facility)
  if (shifts) return <Report params={params} shifts={shifts} />
  return (
    <Stack>
      <Title order={1} size="h2">
        {texts.title}
      </Title>
      {error ? <ProblemNote title={texts.failed} error={error} onRetry={() => void refetch()} /> : <Loading />}
    </Stack>
  )
}

function Report({ params, shifts }: { params: URLSearchParams; shifts: FacilityShifts }) {
  const texts = useReportTexts()
  const navigate = useNavigate()
  const range = readRange(params, shifts)
  const query = toQuery(range)
  const { data, error, refetch, isPlaceholderData } = useQuery(shiftReportQuery(query))
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
          <CsvButton filters={query} />
          <PrintButton />
        </Group>
      </Group>
      <RangeForm range={range} shifts={shifts} onChange={set} />
      {error && <ProblemNote title={texts.failed} error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.stored && !error && (
        <div aria-busy={isPlaceholderData}>
          <ReportSheet range={range} report={data.report} stored={data.stored} />
        </div>
      )}
    </Stack>
  )
}

function Loading() {
  const texts = useReportTexts()
  return (
    <div aria-busy>
      <VisuallyHidden role="status">{texts.loading}</VisuallyHidden>
      <Skeleton height={640} />
    </div>
  )
}
