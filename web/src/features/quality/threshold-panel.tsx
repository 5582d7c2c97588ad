import { NativeSelect, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { previewQuery, thresholdsQuery } from '../../api/quality.ts'
import { productsQuery } from '../../api/queries.ts'
import { Panel } from '../../components/panel.tsx'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useFormats, useTexts } from '../../language/use-language.ts'
import { useQualityTexts } from './texts.ts'
import { ThresholdForm } from './threshold-form.tsx'

interface ThresholdPanelProps {
  /** From the address; empty: the first product. */
  sku: string
  onSku: (sku: string) => void
}

/** From which confidence on a product's verdicts are believed. */
export function ThresholdPanel({ sku, onSku }: ThresholdPanelProps) {
  const quality = useQualityTexts()
  const { vocabulary } = useTexts()
  const texts = quality.thresholds
  const { number, time } = useFormats()
  const products = useQuery(productsQuery)
  const thresholds = useQuery(thresholdsQuery)
  const known = products.data?.map(({ code }) => code) ?? []
  const chosen = known.includes(sku) ? sku : (known[0] ?? '')
  const preview = useQuery({ ...previewQuery(chosen), enabled: chosen !== '' })
  const failed = [products, thresholds, preview].find(({ isError }) => isError)
  const own = thresholds.data?.thresholds.find(({ product_sku }) => product_sku === chosen)
  return (
    <Panel title={texts.title}>
      <Stack>
        <Text size="sm" c="dimmed">
          {texts.text}
        </Text>
        {failed && <ProblemNote title={texts.failed} error={failed.error} onRetry={() => void failed.refetch()} />}
        {products.data && (
          <NativeSelect
            label={texts.product}
            value={chosen}
            data={products.data.map(({ code, name }) => ({
              value: code,
              label: `${code} · ${vocabulary.products[name] ?? name}`,
            }))}
            onChange={(event) => onSku(event.currentTarget.value)}
            maw="24rem"
          />
        )}
        {thresholds.data && preview.data ? (
          <>
            <Text size="sm">
              {own
                ? texts.own(number(own.review_below), own.person, time(own.updated_at, undefined))
                : texts.standard(number(thresholds.data.default))}
            </Text>
            <ThresholdForm
              key={`${chosen} ${preview.data.review_below}`}
              preview={preview.data}
              current={own?.review_below ?? thresholds.data.default}
              own={own !== undefined}
            />
          </>
        ) : (
          !failed && <Skeleton height={180} role="status" aria-label={quality.loading} />
        )}
        {(thresholds.data?.thresholds.length ?? 0) > 0 && (
          <div>
            <Text size="sm" fw={600}>
              {texts.all}
            </Text>
            <Text size="sm">
              {thresholds.data?.thresholds.map((one) => `${one.product_sku}: ${number(one.review_below)}`).join(' · ')}
            </Text>
          </div>
        )}
      </Stack>
    </Panel>
  )
}
