import { Stack, VisuallyHidden } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { facilitiesQuery, infoQuery, productsQuery } from '../../api/queries.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useTitle } from '../../components/use-title.ts'
import { useLanguage } from '../../language/use-language.ts'
import { AddPhotos } from './add-photos.tsx'
import type { UploadRules } from './check-file.ts'
import classes from './inspect-page.module.css'
import { PartForm } from './part-form.tsx'
import { QueuePanel } from './queue-panel.tsx'
import { fieldsOf, useRemembered } from './remembered.ts'
import { ResultPane, type ShownResult } from './result-pane.tsx'
import { photoQueue } from './the-queue.ts'

/** Photos dropped or pasted before the lists have come, or before somebody has signed in: they are not lost. */
const early: File[] = []

export function InspectPage({ renderResult }: { renderResult: (result: ShownResult) => ReactNode }) {
  const { code: language, messages } = useLanguage()
  const texts = messages.inspect
  useTitle(texts.title)
  const [info, products, facilities] = useQueries({ queries: [infoQuery, productsQuery, facilitiesQuery] })
  const [settings, remember] = useRemembered()
  const lists = [products, facilities]
  const failed = lists.find(({ isError }) => isError)

  const fields =
    products.data && facilities.data
      ? fieldsOf(settings, { products: products.data, facilities: facilities.data })
      : null
  const rules: UploadRules | null = info.data
    ? { maxBytes: info.data.max_image_bytes, types: info.data.image_types }
    : null
  const add = (files: readonly File[]) => {
    if (fields && rules) void photoQueue.add(files, { ...fields, language }, rules)
    else early.push(...files)
  }
  const ready = fields !== null && rules !== null
  const addEarly = useEffectEvent(() => {
    if (early.length > 0) add(early.splice(0))
  })
  useEffect(() => {
    if (ready) addEarly()
  }, [ready])

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
        <AddPhotos rules={rules} disabled={!ready} onFiles={add} />
        <QueuePanel />
      </Stack>
      <ResultPane renderResult={renderResult} />
    </div>
  )
}
