import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, useCallback, useDeferredValue, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { HistoryFilters } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useTexts } from '../../language/use-language.ts'
import { Card } from './card.tsx'
import { Scrolling } from './item.ts'
import classes from './result-list.module.css'
import type { Selection } from './selection.ts'
import { SelectionBar } from './selection-bar.tsx'
import { TableHead, TableRow } from './table-row.tsx'
import { Tile } from './tile.tsx'
import type { View } from './use-history-address.ts'
import { useLayout } from './use-layout.ts'
import { useListKeys } from './use-list-keys.ts'
import { knownOf, usePlace, useResults } from './use-results.ts'

interface ResultListProps {
  view: View
  filters: HistoryFilters
  /** False: the filters are not complete yet. */
  enabled: boolean
  /** Of the place in the browser's history: the list is read on from where it was left. */
  addressKey: string
  /** The list has been made longer by so many at its beginning: the one that was the first stays in view. */
  above: number
  /** Results in all; null: not known. */
  total: number | null
  select: (idAt: (index: number) => string | undefined) => Selection
  /** Shown where there is nothing. */
  empty: React.ReactNode
}

/** Pixels beyond the view that are drawn too, for who scrolls. */
const SPARE = 400

/** The results as far as they have been read, of which only those in view are drawn. */
export function ResultList({ view, filters, enabled, addressKey, above, total, select, empty }: ResultListProps) {
  const texts = useTexts().history
  const { form, columns, lineHeight, covered } = useLayout(view)
  const spare = Math.ceil(SPARE / lineHeight)
  const { place, setPlace, scrolled, fresh } = usePlace(addressKey)
  const { known, shown } = knownOf(place)
  // Rendered as a transition, in place of the placeholders, so that a slow phone responds to touch meanwhile.
  const drawn = useDeferredValue(known)
  const list = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const keepLine = useRef<number | null>(null)
  const rows = useWindowVirtualizer({
    count: Math.ceil(shown / columns),
    estimateSize: () => lineHeight,
    overscan: spare,
    scrollMargin: top,
    initialOffset: () => scrolled ?? window.scrollY,
    scrollPaddingStart: covered,
    scrollPaddingEnd: lineHeight,
    rangeExtractor: (range: Range) => {
      const lines = defaultRangeExtractor(range)
      const kept = keepLine.current
      return kept === null || lines.includes(kept) ? lines : [...lines, kept].toSorted((a, b) => a - b)
    },
  })
  // Above the list stand filters and chips, whose height changes.
  useLayoutEffect(() => {
    const body = list.current
    if (body) setTop(Math.round(body.getBoundingClientRect().top + window.scrollY))
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lines have another height now
  useEffect(() => rows.measure(), [rows, lineHeight])

  const toKeepInView = useRef(fresh ? above : 0)
  useEffect(() => {
    if (toKeepInView.current === 0 || known === 0) return
    rows.scrollToIndex(Math.floor(Math.min(toKeepInView.current, known - 1) / columns), { align: 'end' })
    toKeepInView.current = 0
  }, [rows, known, columns])

  const { startIndex, endIndex } = rows.range ?? { startIndex: 0, endIndex: 10 }
  const results = useResults({
    filters,
    enabled,
    place,
    setPlace,
    from: Math.max(0, startIndex - spare) * columns,
    to: Math.min(shown, (endIndex + 1 + spare) * columns) - 1,
  })
  const { resultAt } = results
  const idAt = (index: number) => resultAt(index)?.defect_id
  const selection = select(idAt)
  const toggle = useRef(selection.toggle)
  toggle.current = selection.toggle
  const onSelect = useCallback((index: number, range: boolean) => toggle.current(index, range), [])
  const keys = useListKeys({
    list,
    columns,
    linesInView: Math.floor((window.innerHeight - covered) / lineHeight),
    count: known || shown,
    first: Math.ceil(Math.max(0, window.scrollY + covered - top) / lineHeight) * columns,
    scrollTo: (index) => rows.scrollToIndex(Math.floor(index / columns)),
  })
  keepLine.current = keys.keep === null ? null : Math.floor(keys.keep / columns)

  if (place.end === 0 && place.cursors.length === 1) {
    return (
      <>
        {empty}
        <SelectionBar selection={selection} inView={null} />
      </>
    )
  }
  if (results.error && known === 0) {
    return <ProblemNote title={texts.failed} error={results.error} onRetry={results.retry} />
  }

  const items = rows.getVirtualItems().flatMap((line) =>
    Array.from({ length: Math.min(columns, shown - line.index * columns) }, (_, column) => {
      const index = line.index * columns + column
      const style: CSSProperties = {
        top: line.start - top,
        insetInlineStart: `${(100 / columns) * column}%`,
        width: `${100 / columns}%`,
        height: lineHeight,
      }
      const analysis = index < drawn ? resultAt(index) : undefined
      if (!analysis) return <Placeholder key={index} index={index} form={form} style={style} />
      const Item = { table: TableRow, cards: Card, gallery: Tile }[form]
      return (
        <Item
          key={index}
          analysis={analysis}
          index={index}
          style={style}
          total={total}
          tabIndex={index === keys.tabStop ? 0 : -1}
          selected={selection.ids.has(analysis.defect_id)}
          selectable={!selection.full}
          onSelect={onSelect}
        />
      )
    }),
  )
  const body = { ref: list, className: classes.body, style: { height: rows.getTotalSize() }, ...keys.handlers }
  return (
    <Scrolling value={rows.isScrolling}>
      {form === 'table' ? (
        // biome-ignore lint/a11y/useSemanticElements: a table element lays out its rows itself; these are placed
        <div
          role="table"
          className={classes.table}
          aria-label={texts.caption}
          aria-rowcount={total === null ? -1 : total + 1}
          aria-busy={known === 0}
        >
          <TableHead />
          {/* biome-ignore lint/a11y/useSemanticElements: as above */}
          <div role="rowgroup" {...body}>
            {items}
          </div>
        </div>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: the same element as the table's body, so that the list can change its form
        <div role="list" aria-label={texts.caption} aria-busy={known === 0} {...body}>
          {items}
        </div>
      )}
      <VisuallyHidden role="status">{known === 0 ? texts.loading : texts.read(known)}</VisuallyHidden>
      {results.error && <ProblemNote title={texts.failed} error={results.error} onRetry={results.retry} />}
      {place.end === null && known > 0 && <LoadMore onMore={results.more} />}
      <SelectionBar
        selection={selection}
        inView={() => {
          const from = Math.max(0, Math.ceil((window.scrollY + covered - top) / lineHeight)) * columns
          const to = Math.floor((window.scrollY + window.innerHeight - top) / lineHeight) * columns
          return Array.from({ length: Math.max(0, to - from) }, (_, i) => idAt(from + i)).filter(
            (id) => id !== undefined,
          )
        }}
      />
    </Scrolling>
  )
}

function LoadMore({ onMore }: { onMore: () => Promise<void> }) {
  const texts = useTexts().history
  const [busy, setBusy] = useState(false)
  return (
    <Button
      variant="default"
      className={classes.more}
      loading={busy}
      onClick={async () => {
        setBusy(true)
        await onMore()
        setBusy(false)
      }}
    >
      {texts.more}
    </Button>
  )
}

function Placeholder({ index, form, style }: { index: number; form: string; style: CSSProperties }) {
  const { loading } = useTexts().history
  const skeleton = (
    <>
      <VisuallyHidden>{loading}</VisuallyHidden>
      <Skeleton height="100%" />
    </>
  )
  return form === 'table' ? (
    // biome-ignore lint/a11y/useSemanticElements: a row of the table above
    <div role="row" tabIndex={-1} aria-rowindex={index + 2} className={classes.placeholder} style={style}>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the table above */}
      <div role="cell" className={classes.skeleton}>
        {skeleton}
      </div>
    </div>
  ) : (
    // biome-ignore lint/a11y/useSemanticElements: an item of the list above
    <div role="listitem" className={classes.placeholder} style={style}>
      <div className={classes.skeleton}>{skeleton}</div>
    </div>
  )
}
