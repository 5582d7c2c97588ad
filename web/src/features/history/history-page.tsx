import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconPhotoScan, IconSearchOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { facilitiesQuery, historyCountQuery } from '../../api/queries.ts'
import { useTitle } from '../../components/use-title.ts'
import { isDay } from '../../language/formats.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import { CsvButton } from './csv-button.tsx'
import { FilterChips } from './filter-chips.tsx'
import { FilterPanel } from './filter-panel.tsx'
import { dayBefore, FILTER_NAMES, listedQuery, toQuery } from './filters.ts'
import classes from './history-page.module.css'
import { HistoryTools } from './history-tools.tsx'
import { NewerResults } from './newer-results.tsx'
import { ResultList } from './result-list.tsx'
import { useSelection } from './selection.ts'
import { useHistoryAddress } from './use-history-address.ts'
import { Word } from './word.ts'

const NOWHERE: never[] = []
/** As high as the count, so that nothing moves when it comes. */
const NOTHING_YET = '\u00a0'

export function HistoryPage() {
  const texts = useTexts().history
  const formats = useFormats()
  useTitle(texts.title)
  const address = useHistoryAddress()
  const select = useSelection()
  const places = useQuery(facilitiesQuery)
  const { filters, at } = address
  const known = places.data ?? NOWHERE
  const query = useMemo(() => toQuery(filters, known), [filters, known])
  const listed = useMemo(() => listedQuery(query, at, filters.facility, known), [query, at, filters.facility, known])
  // Where a day begins is known only with the facilities.
  const ready = !places.isPending || !(filters.from || filters.to || at)
  const { data: counted } = useQuery({ ...historyCountQuery(query), enabled: ready })
  return (
    <Stack>
      <Group justify="space-between" wrap="nowrap">
        <div className={classes.heading}>
          <Title order={1} size="h2">
            {texts.title}
          </Title>
          <Text span c="dimmed">
            {counted ? (counted.more ? texts.countMore : texts.count)(formats.number(counted.count)) : NOTHING_YET}
          </Text>
        </div>
        <CsvButton filters={query} />
      </Group>
      <FilterPanel filters={filters} onChange={address.setFilter} />
      <FilterChips filters={filters} onRemove={(name) => address.setFilter(name, '')} onClear={address.clearFilters} />
      <HistoryTools
        view={address.view}
        onView={address.setView}
        day={at && !isDay(at) ? dayBefore(at, filters.facility, known) : at}
        onDay={address.setStart}
      />
      {listed !== query && listed.to && (
        <NewerResults key={listed.to} filters={query} from={listed.to} onFound={address.extend} />
      )}
      <Word value={query.truth ?? 'final'}>
        <ResultList
          key={address.key}
          view={address.view}
          filters={listed}
          enabled={ready}
          addressKey={address.key}
          above={address.above}
          total={counted && !counted.more && listed === query ? counted.count : null}
          select={select}
          empty={
            <Empty filtered={FILTER_NAMES.some((name) => filters[name]) || at !== ''} onClear={address.clearFilters} />
          }
        />
      </Word>
    </Stack>
  )
}

function Empty({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const texts = useTexts().history
  const Icon = filtered ? IconSearchOff : IconPhotoScan
  return (
    <div className={classes.empty} role="status">
      <Icon size={48} stroke={1.25} aria-hidden />
      <h2>{filtered ? texts.emptyFiltered : texts.empty}</h2>
      {filtered ? (
        <Button variant="default" onClick={onClear}>
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
  )
}
