import type { QueueItem } from './queue/item.ts'
import classes from './queue-list.module.css'
import { QueueRow } from './queue-row.tsx'

/** A few photos, all of them elements. */
export function ShortList({ items, selected }: { items: readonly QueueItem[]; selected: string | null }) {
  return (
    <div className={classes.list}>
      <ul className={classes.rows}>
        {items.map((item, index) => (
          <li
            key={item.id}
            data-index={index}
            data-selected={item.id === selected}
            data-state={item.state.is}
            data-short
            className={classes.row}
          >
            <QueueRow item={item} selected={item.id === selected} />
          </li>
        ))}
      </ul>
    </div>
  )
}
