import { Button, Group, Stack, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconClipboardText, IconListNumbers, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { facilitiesQuery } from '../../api/queries.ts'
import { statisticsQuery } from '../../api/statistics.ts'
import type { Statistics } from '../../api/types.ts'
import { InView } from '../../components/in-view.tsx'
import { lazyPart } from '../../components/lazy-part.tsx'
import { placeOf } from '../../components/place-of.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { TargetNote } from '../../components/target-note.tsx'
import { TruthNote } from '../../components/truth-note.tsx'
import { useTitle } from '../../components/use-title.ts'
import { useTexts } from '../../language/use-language.ts'
import { AsOf, useAsOf } from './as-of.tsx'
import classes from './dashboard-page.module.css'
import { DashboardSkeleton } from './dashboard-skeleton.tsx'
import { FilterBar } from './filter-bar.tsx'
import { type Filters, toQuery } from './filters.ts'
import { historyLink } from './history-link.ts'
import { KpiRow } from './kpi-row.tsx'
import { Nothing } from './nothing.tsx'
import { PrintedFilters } from './printed-filters.tsx'
import { useDashboardTexts } from './texts.ts'
import { UnitsPanel } from './units-panel.tsx'
import { useFilters } from './use-filters.ts'

const loadCharts = () => import('./charts.tsx')
/** The library that draws them is as large as the rest of the page. */
const Charts = lazyPart('charts', loadCharts, '60rem')
/** On a desk they are in view at once: their file comes beside the figures. */
if (window.matchMedia('(min-width: 62em)').matches) void loadCharts().catch(() => undefined)

export function DashboardPage() {
  const texts = useDashboardTexts()
  useTitle(texts.title)
  const { filters, set, clear } = useFilters()
  const places = useQuery(facilitiesQuery)
  const place = placeOf(filters.facility, places.data ?? [])
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...statisticsQuery(toQuery(filters, place?.time_zone)),
    // Where a day begins is known only with the facilities.
    enabled: !places.isPending || filters.period !== 'own',
  })
  const [unitsOpen, units] = useDisclosure(false)
  const toReport = new URLSearchParams(filters.facility ? { facility: filters.facility } : {})
  return (
    <Stack className={classes.page}>
      <Group justify="space-between">
        <Title order={1} size="h2">
          {texts.title}
        </Title>
        <Group gap="xs" data-print="no">
          <Button
            variant="default"
            px="sm"
            onClick={() => window.print()}
            leftSection={<IconPrinter size={18} aria-hidden />}
          >
            {texts.print}
          </Button>
          <Button
            variant="default"
            px="sm"
            aria-expanded={unitsOpen}
            onClick={units.toggle}
            leftSection={<IconListNumbers size={18} aria-hidden />}
          >
            {texts.toUnits}
          </Button>
          <Button
            component={Link}
            to={`/report?${toReport}`}
            variant="default"
            px="sm"
            leftSection={<IconClipboardText size={18} aria-hidden />}
          >
            {texts.toReport}
          </Button>
        </Group>
      </Group>
      <FilterBar filters={filters} timeZone={place?.time_zone} onChange={set} onClear={clear} />
      {unitsOpen && (
        <UnitsPanel filters={filters} missingDays={data?.basis === 'unit' ? data.units.missing_days : null} />
      )}
      {error && <Failed data={data} error={error} onRetry={() => void refetch()} />}
      {!data && !error && <DashboardSkeleton />}
      {data && (
        <div aria-busy={isPlaceholderData} className={classes.figures} data-stale={isPlaceholderData}>
          <Figures data={data} filters={filters} onUnits={units.open} onClear={clear} />
        </div>
      )}
    </Stack>
  )
}

interface FailedProps {
  data: Statistics | undefined
  error: Error
  onRetry: () => void
}

/** What is shown stays, and is said to be old. */
function Failed({ data, error, onRetry }: FailedProps) {
  const texts = useDashboardTexts()
  if (!data) return <ProblemNote title={texts.failed} error={error} onRetry={onRetry} />
  return <Stale data={data} error={error} onRetry={onRetry} />
}

function Stale({ data, error, onRetry }: FailedProps & { data: Statistics }) {
  const texts = useDashboardTexts()
  return <ProblemNote title={texts.stale(useAsOf(data))} error={error} onRetry={onRetry} />
}

interface FiguresProps {
  data: Statistics
  filters: Filters
  onUnits: () => void
  onClear: () => void
}

function Figures({ data, filters, onUnits, onClear }: FiguresProps) {
  const texts = useDashboardTexts()
  const { figures: shared, vocabulary } = useTexts()
  const { figures, basis, truth } = data
  const toHistory = historyLink(filters, data)
  // Of no photo there is nothing to be said but that.
  if (figures.photos === 0 && data.units.total === 0) {
    return (
      <>
        <AsOf data={data} />
        <Nothing data={data} onUnits={onUnits} onClear={onClear} />
      </>
    )
  }
  return (
    <>
      <PrintedFilters filters={filters} data={data} />
      <AsOf data={data} />
      <TruthNote truth={truth} confirmed={figures.human_confirmed} photos={figures.photos} />
      <p className={classes.basis}>
        <strong>{texts.bases[basis]}</strong> – {texts.basisMeaning[basis]}{' '}
        {shared.clock(vocabulary.facilities[data.time_zone_of], data.time_zone)}
      </p>
      <TargetNote check={data.target}>
        {data.target.reason !== 'part_of_day' && (
          <Button size="compact-sm" variant="default" onClick={onUnits} data-print="no">
            {texts.toUnits}
          </Button>
        )}
      </TargetNote>
      {basis === 'unit' && <MissingDays days={data.units.missing_days} onUnits={onUnits} />}
      {figures.inspected === 0 ? (
        <Nothing data={data} onUnits={onUnits} onClear={onClear} />
      ) : (
        <>
          <KpiRow data={data} toHistory={toHistory} />
          <div className={classes.charts}>
            <InView>
              <Charts data={data} toHistory={toHistory} filters={filters} />
            </InView>
          </div>
        </>
      )}
    </>
  )
}

const SHOWN_DAYS = 7

/** Which days the rate by units leaves out, in full or in part. */
function MissingDays({ days, onUnits }: { days: readonly string[]; onUnits: () => void }) {
  const texts = useDashboardTexts().units
  const { toUnits } = useDashboardTexts()
  if (days.length === 0) return <p className={classes.basis}>{texts.complete}</p>
  const shown = days.slice(-SHOWN_DAYS).join(', ')
  const rest = days.length - SHOWN_DAYS
  return (
    <Group gap="xs" className={classes.basis}>
      <span>{texts.missing(rest > 0 ? `${shown} ${texts.moreDays(rest)}` : shown)}</span>
      <Button size="compact-sm" variant="default" onClick={onUnits} data-print="no">
        {toUnits}
      </Button>
    </Group>
  )
}
