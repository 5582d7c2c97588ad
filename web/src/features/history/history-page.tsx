import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconPhotoScan, IconSearchOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { facilitiesQuery, historyQuery } from '../../api/queries.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useTitle } from '../../components/use-title.ts'
import { useTexts } from '../../language/use-language.ts'
import { CsvButton } from './csv-button.tsx'
import { FilterPanel } from './filter-panel.tsx'
import { FILTER_NAMES, toQuery } from './filters.ts'
import { HistoryCards } from './history-cards.tsx'
import classes from './history-page.module.css'
import { HistorySkeleton } from './history-skeleton.tsx'
import { HistoryTable } from './history-table.tsx'
import { Pager } from './pager.tsx'
import { useHistoryAddress } from './use-history-address.ts'

export function HistoryPage() {
  const texts = useTexts().history
  useTitle(texts.title)
  const address = useHistoryAddress()
  const places = useQuery(facilitiesQuery)
  const query = toQuery(address.filters, places.data ?? [])
  const { from, to } = address.filters
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...historyQuery(query, address.cursor),
    // Where a day begins is known only with the facilities.
    enabled: !places.isPending || (from === '' && to === ''),
  })
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const List = wide ? HistoryTable : HistoryCards
  const filtered = FILTER_NAMES.some((name) => address.filters[name])
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2">
          {texts.title}
        </Title>
        <CsvButton filters={query} />
      </Group>
      <FilterPanel filters={address.filters} onChange={address.setFilter} onClear={address.clearFilters} />
      {error && <ProblemNote title={texts.failed} error={error} onRetry={() => void refetch()} />}
      {!data && !error && <HistorySkeleton />}
      {data && !error && data.analyses.length > 0 && (
        <div aria-busy={isPlaceholderData} className={classes.list} data-stale={isPlaceholderData}>
          <List analyses={data.analyses} />
        </div>
      )}
      {data && !error && data.analyses.length === 0 && (
        <div className={classes.empty} role="status">
          {filtered ? (
            <IconSearchOff size={48} stroke={1.25} aria-hidden />
          ) : (
            <IconPhotoScan size={48} stroke={1.25} aria-hidden />
          )}
          <h2>{filtered ? texts.emptyFiltered : texts.empty}</h2>
          {filtered ? (
            <Button variant="default" onClick={address.clearFilters}>
              {texts.clear}
            </Button>
          ) : (
            <>
              <Text>{texts.emptyHint}</Text>
              <Button component={Link} to="/">
                {texts.toInspect}
              </Button>
            </>
          )}
        </div>
      )}
      <Pager
        number={address.pageNumber}
        next={isPlaceholderData || error ? null : (data?.next_cursor ?? null)}
        onNext={address.toNext}
        onPrevious={address.toPrevious}
      />
    </Stack>
  )
}
