import type { ReactNode } from 'react'
import { numbered } from '../../components/numbered.ts'
import classes from './text-list.module.css'

interface TextListProps {
  title: string
  /** Beside the title. */
  aside?: ReactNode
  items: readonly string[]
  /** Language of the items. */
  lang: string
}

/** Texts as a list with a heading; nothing where there are none. */
export function TextList({ title, aside, items, lang }: TextListProps) {
  if (items.length === 0) return null
  return (
    <div>
      <h3 className={classes.title}>
        {title} {aside}
      </h3>
      <ul className={classes.list} lang={lang}>
        {numbered(items).map(({ number, item }) => (
          <li key={number}>{item}</li>
        ))}
      </ul>
    </div>
  )
}
