import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { QueueItem } from './queue/item.ts'
import classes from './queue-list.module.css'
import { QueueRow } from './queue-row.tsx'

/** Pixels of a row with one line of text; each is measured when it is there. */
const ROW_HEIGHT = 76
/** Rows above and below what can be seen, so that the Tab key finds them. */
const OVERSCAN = 4

/** The photos, of which only those that can be seen are elements: a thousand cost no more than ten. */
export default function QueueList({ items, selected }: { items: readonly QueueItem[]; selected: string | null }) {
  const list = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => list.current,
    getItemKey: (index) => items[index]?.id ?? index,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    // Until the list has been measured.
    initialRect: { width: 320, height: 512 },
  })
  const shown = items.findIndex(({ id }) => id === selected)
  useEffect(() => {
    if (shown >= 0) rows.scrollToIndex(shown, { align: 'auto' })
  }, [shown, rows])
  return (
    <div ref={list} className={classes.list}>
      <ul className={classes.rows} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index]
          if (!item) return null
          return (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              data-selected={item.id === selected}
              data-state={item.state.is}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              className={classes.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              <QueueRow item={item} selected={item.id === selected} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
