import { Stack, VisuallyHidden } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { facilitiesQuery, infoQuery, productsQuery } from '../../api/queries.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useTitle } from '../../components/use-title.ts'
import { useLanguage } from '../../language/use-language.ts'
import { AddPhotos } from './add-photos.tsx'
import type { UploadRules } from './check-file.ts'
import classes from './inspect-page.module.css'
import { PartForm } from './part-form.tsx'
import { useQueue } from './queue/photo-queue.ts'
import { QueuePanel } from './queue-panel.tsx'
import { fieldsOf, useRemembered } from './remembered.ts'
import { ResultPane, type ShownResult } from './result-pane.tsx'
import { useAdding } from './use-adding.ts'

export function InspectPage({ renderResult }: { renderResult: (result: ShownResult) => ReactNode }) {
  const { code: language, messages } = useLanguage()
  const texts = messages.inspect
  useTitle(texts.title)
  const [info, products, facilities] = useQueries({ queries: [infoQuery, productsQuery, facilitiesQuery] })
  const [settings, remember] = useRemembered()
  const lists = [products, facilities]
  const failed = lists.find(({ isError }) => isError)

  const chosen =
    products.data && facilities.data
      ? fieldsOf(settings, { products: products.data, facilities: facilities.data })
      : null
  const fields = chosen && { ...chosen, language }
  const rules: UploadRules | null = info.data
    ? { maxBytes: info.data.max_image_bytes, types: info.data.image_types }
    : null
  const { note, gather } = useAdding(fields, rules)
  const isEmpty = useQueue().items.length === 0

  return (
    <div className={classes.page}>
      <VisuallyHidden component="h1">{texts.title}</VisuallyHidden>
      <Stack className={classes.side} data-print="no">
        {failed ? (
          <ProblemNote
            title={texts.listsFailed}
            error={failed.error}
            onRetry={() => lists.forEach((list) => void (list.isError && list.refetch()))}
          />
        ) : (
          <PartForm
            products={products.data}
            facilities={facilities.data}
            settings={settings}
            fields={fields}
            onChange={remember}
          />
        )}
        <AddPhotos rules={rules} disabled={!fields || !rules} note={note} offerSample={isEmpty} onGather={gather} />
        <QueuePanel />
      </Stack>
      <ResultPane renderResult={renderResult} />
    </div>
  )
}
