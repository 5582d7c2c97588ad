import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useDashboardTexts } from '../texts.ts'

interface PointLinkProps {
  to: string
  /** What the point says. */
  label: string
  /** Only the first is reached by the tab key; arrow keys go on from there. */
  first: boolean
  children: ReactNode
}

/** A point or bar of a chart that leads to its photos. */
export function PointLink({ to, label, first, children }: PointLinkProps) {
  const { history } = useDashboardTexts()
  return (
    <Link to={to} data-point aria-label={`${label}. ${history}`} tabIndex={first ? 0 : -1}>
      {children}
    </Link>
  )
}
