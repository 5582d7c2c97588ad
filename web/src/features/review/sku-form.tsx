import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { productsQuery } from '../../api/queries.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useTexts } from '../../language/use-language.ts'
import type { FormProps } from './draft-store.ts'
import classes from './review-panel.module.css'
import { useReviewTexts } from './texts.ts'

/** Says which product the part really is; the verdict stays open. */
export function SkuForm({ analysis, draft, busy, onChange, onSay }: FormProps) {
  const texts = useReviewTexts()
  const { vocabulary } = useTexts()
  const { data: products, error, refetch } = useQuery(productsQuery)
  if (error) return <ProblemNote title={texts.productsFailed} error={error} onRetry={() => void refetch()} />
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        onSay({ kind: 'correct', product_sku: draft.sku })
      }}
    >
      <NativeSelect
        label={texts.sku}
        size="md"
        value={draft.sku}
        data={(products ?? []).map(({ code, name }) => ({
          value: code,
          label: `${code} · ${vocabulary.products[name] ?? name}`,
        }))}
        onChange={(event) => onChange({ sku: event.currentTarget.value })}
      />
      <Button type="submit" mih={44} loading={busy} disabled={draft.sku === analysis.effective.product_sku}>
        {texts.skuSave}
      </Button>
    </form>
  )
}
