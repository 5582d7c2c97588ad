import { numbered } from '../../components/numbered.ts'
import classes from './text-list.module.css'

interface TextListProps {
  title: string
  items: readonly string[]
  /** Language of the items. */
  lang: string
}

/** Texts of the analyzer as a list with a heading; nothing where there are none. */
export function TextList({ title, items, lang }: TextListProps) {
  if (items.length === 0) return null
  return (
    <div>
      <h3 className={classes.title}>{title}</h3>
      <ul className={classes.list} lang={lang}>
        {numbered(items).map(({ number, item }) => (
          <li key={number}>{item}</li>
        ))}
      </ul>
    </div>
  )
}
