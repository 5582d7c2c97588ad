import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { qualityQuery } from '../../api/quality.ts'
import { facilitiesQuery } from '../../api/queries.ts'
import type { Quality } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useMay } from '../../components/use-may.ts'
import { useTitle } from '../../components/use-title.ts'
import { useFormats } from '../../language/use-language.ts'
import { Calibration } from './calibration.tsx'
import { Confusion } from './confusion.tsx'
import { Figures } from './figures.tsx'
import { FilterBar } from './filter-bar.tsx'
import { FILTER_NAMES, toQuery, useQualityAddress } from './filters.ts'
import { Nothing } from './nothing.tsx'
import { PrintedFilters } from './printed-filters.tsx'
import classes from './quality-page.module.css'
import { useQualityTexts } from './texts.ts'
import { ThresholdPanel } from './threshold-panel.tsx'
import { TypeTable } from './type-table.tsx'

/** How well the model does, by what people say of it; and from which confidence on it is believed. */
export function QualityPage() {
  const texts = useQualityTexts()
  useTitle(texts.title)
  const address = useQualityAddress()
  const places = useQuery(facilitiesQuery)
  const mayAdminister = useMay('admin')
  const { from, to } = address.filters
  const { data, error, refetch, isPlaceholderData, dataUpdatedAt } = useQuery({
    ...qualityQuery(toQuery(address.filters, places.data ?? [])),
    // Where a day begins is known only with the facilities.
    enabled: !places.isPending || (from === '' && to === ''),
  })
  return (
    <Stack className={classes.page}>
      <Group justify="space-between" align="start" wrap="nowrap">
        <div>
          <Title order={1} size="h2">
            {texts.title}
          </Title>
          <Text c="dimmed">{texts.intro}</Text>
        </div>
        <Button
          variant="default"
          px="sm"
          flex="none"
          onClick={() => window.print()}
          leftSection={<IconPrinter size={18} aria-hidden />}
          data-print="no"
        >
          {texts.print}
        </Button>
      </Group>
      <PrintedFilters filters={address.filters} readAt={dataUpdatedAt} />
      <FilterBar
        filters={address.filters}
        versions={data?.model_versions ?? []}
        onChange={address.set}
        onClear={address.clear}
      />
      {error && <ProblemNote title={texts.failed} error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={240} role="status" aria-label={texts.loading} />}
      {data && !error && (
        <div className={classes.figures} aria-busy={isPlaceholderData} data-stale={isPlaceholderData}>
          <Agreement
            quality={data}
            filtered={FILTER_NAMES.some((name) => address.filters[name] !== '')}
            onClear={address.clear}
          />
        </div>
      )}
      {/* Not before the figures above it have their height: it would be pushed away under the reader's eyes. */}
      {(data || error) && (
        <div data-print="no">
          <ThresholdPanel sku={address.sku} onSku={(sku) => address.set('sku', sku)} />
          {mayAdminister && (
            <Text size="sm" mt="md">
              {texts.photoLimits.text} <Link to="/admin/photo-limits">{texts.photoLimits.link}</Link>
            </Text>
          )}
        </div>
      )}
    </Stack>
  )
}

interface AgreementProps {
  quality: Quality
  filtered: boolean
  onClear: () => void
}

function Agreement({ quality, filtered, onClear }: AgreementProps) {
  const texts = useQualityTexts()
  const { number, share } = useFormats()
  const { judged, unsure, analyses, share_judged: part } = quality
  const count = (
    <Text role="status">
      {texts.judged(number(judged), number(analyses), share(part ?? 0))}
      {unsure > 0 && <> · {texts.unsure(number(unsure))}</>}
    </Text>
  )
  if (judged === 0) {
    return (
      <Nothing analyses={analyses} filtered={filtered} onClear={onClear}>
        {count}
      </Nothing>
    )
  }
  return (
    <>
      {count}
      <Text size="sm" c="dimmed">
        {texts.caveat} {texts.interval}
      </Text>
      <Figures detection={quality.detection} recall={quality.recall_estimate} />
      <div className={classes.pair}>
        <Stack>
          <Calibration quality={quality} />
          <Confusion quality={quality} />
        </Stack>
        <TypeTable types={quality.by_defect_type} />
      </div>
    </>
  )
}
