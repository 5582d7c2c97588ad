import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { productsQuery } from '../../api/queries.ts'
import type { Waiting } from '../../api/reviews.ts'
import { facilities } from '../../components/codes.ts'
import { useTexts } from '../../language/use-language.ts'
import classes from './review-page.module.css'
import { useReviewTexts } from './texts.ts'
import type { FilterName } from './use-waiting.ts'
import { SHOWN } from './waiting.ts'

interface QueueFiltersProps {
  waiting: Waiting
  onChange: (name: FilterName, value: string) => void
}

export function QueueFilters({ waiting, onChange }: QueueFiltersProps) {
  const texts = useReviewTexts()
  const { vocabulary } = useTexts()
  const { data: products = [] } = useQuery(productsQuery)
  return (
    <search className={classes.filters} aria-label={texts.filters.title}>
      <NativeSelect
        classNames={{ input: classes.select }}
        aria-label={texts.filters.show}
        value={waiting.shown}
        data={SHOWN.map((value) => ({ value, label: texts.filters.shown[value] }))}
        onChange={(event) => onChange('show', event.currentTarget.value)}
      />
      <NativeSelect
        classNames={{ input: classes.select }}
        aria-label={texts.filters.facility}
        value={waiting.facility ?? ''}
        data={[
          { value: '', label: texts.filters.anyFacility },
          ...facilities.map((code) => ({ value: code, label: vocabulary.facilities[code] })),
        ]}
        onChange={(event) => onChange('facility', event.currentTarget.value)}
      />
      <NativeSelect
        classNames={{ input: classes.select }}
        aria-label={texts.filters.product}
        value={waiting.product_sku ?? ''}
        data={[
          { value: '', label: texts.filters.anyProduct },
          ...products.map(({ code }) => ({ value: code, label: code })),
        ]}
        onChange={(event) => onChange('product', event.currentTarget.value)}
      />
    </search>
  )
}
