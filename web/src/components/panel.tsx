import type { ReactNode } from 'react'
import classes from './panel.module.css'

/** A surface with an optional heading: the building block of every screen. */
export function Panel({ title, aside, children }: { title?: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.panel} aria-label={title}>
      {(title || aside) && (
        <div className={classes.head}>
          {title && <h2 className={classes.title}>{title}</h2>}
          {aside}
        </div>
      )}
      {children}
    </section>
  )
}
