import { Button, Group, NumberInput, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { setThreshold, thresholdsQuery } from '../../api/quality.ts'
import type { ConfidencePreview } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useMay } from '../../components/use-may.ts'
import { useFormats } from '../../language/use-language.ts'
import { LEAST } from './enough.ts'
import { Histogram } from './histogram.tsx'
import { useQualityTexts } from './texts.ts'
import classes from './threshold-form.module.css'

interface ThresholdFormProps {
  preview: ConfidencePreview
  /** The threshold that counts now. */
  current: number
  /** Whether it is the product's own, and not the default. */
  own: boolean
}

/** A threshold is tried on the product's last results, and then set. */
export function ThresholdForm({ preview, current, own }: ThresholdFormProps) {
  const texts = useQualityTexts().thresholds
  const [threshold, setTried] = useState(current)
  /** What stands in the field while it is typed: "0." is no number yet. */
  const [typed, setTyped] = useState<number | string | null>(null)
  const may = useMay('admin')
  const cache = useQueryClient()
  const saving = useMutation({
    mutationFn: (value: number | null) => setThreshold(preview.product_sku, value),
    onSuccess: async (all, value) => {
      cache.setQueryData(thresholdsQuery.queryKey, all)
      if (value === null) setTried(all.default)
    },
  })
  const change = (value: number) => {
    saving.reset()
    // Of whole hundredths, without what a sum of binary fractions leaves.
    setTried(Math.round(Math.min(1, Math.max(0, value)) * 100) / 100)
  }
  return (
    <div className={classes.form}>
      <div className={classes.tried}>
        {preview.analyses > 0 && <Histogram preview={preview} threshold={threshold} />}
        <input
          type="range"
          min={0}
          max={1}
          step={0.01}
          value={threshold}
          aria-label={texts.slider}
          onChange={(event) => change(Number(event.currentTarget.value))}
        />
      </div>
      <NumberInput
        label={texts.slider}
        className={classes.typed}
        min={0}
        max={1}
        step={0.01}
        decimalScale={2}
        value={typed ?? threshold}
        onChange={(value) => {
          setTyped(value)
          if (value !== '' && Number.isFinite(Number(value))) change(Number(value))
        }}
        onBlur={() => setTyped(null)}
      />
      <Effect preview={preview} threshold={threshold} />
      {may ? (
        <Group>
          <Button
            loading={saving.isPending}
            disabled={threshold === current && own}
            onClick={() => saving.mutate(threshold)}
          >
            {texts.save}
          </Button>
          {own && (
            <Button variant="default" disabled={saving.isPending} onClick={() => saving.mutate(null)}>
              {texts.reset}
            </Button>
          )}
          <Text size="sm" role="status">
            {saving.isSuccess && texts.saved}
          </Text>
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {texts.adminOnly}
        </Text>
      )}
      {saving.isError && <ProblemNote title={texts.saveFailed} error={saving.error} />}
    </div>
  )
}

/** What the threshold would have done to the last results. */
function Effect({ preview, threshold }: { preview: ConfidencePreview; threshold: number }) {
  const texts = useQualityTexts().thresholds
  const { number, share } = useFormats()
  const { analyses: all, bins } = preview
  if (all === 0) return <Text c="dimmed">{texts.none}</Text>
  const sum = (some: typeof bins, what: 'analyses' | 'wrong') => some.reduce((total, bin) => total + bin[what], 0)
  const under = bins.filter(({ confidence }) => confidence < threshold)
  const count = sum(under, 'analyses')
  const wrong = sum(bins, 'wrong')
  return (
    <div role="status">
      <Text fw={600}>{texts.preview(share(count / all), number(count), number(all))}</Text>
      <Text size="sm">{wrong > 0 ? texts.wrong(number(sum(under, 'wrong')), number(wrong)) : texts.noWrong}</Text>
      {all < LEAST && (
        <Text size="sm" c="var(--warn-ink)">
          {texts.fewer(number(all))}
        </Text>
      )}
    </div>
  )
}
