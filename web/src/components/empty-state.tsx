import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

interface EmptyStateProps {
  icon: Icon
  title: string
  hint: string
  /** What to do about it: a button or a link. */
  children?: ReactNode
}

/** Where there is nothing to show: why, and what to do first. */
export function EmptyState({ icon: Icon, title, hint, children }: EmptyStateProps) {
  return (
    <div className={classes.empty} role="status">
      <Icon size={48} stroke={1.25} aria-hidden />
      <h2>{title}</h2>
      <p>{hint}</p>
      {children}
    </div>
  )
}
