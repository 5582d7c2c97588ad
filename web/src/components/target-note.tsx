import { IconCircleCheck, IconCircleX, IconScale } from '@tabler/icons-react'
import type { TargetCheck } from '../api/types.ts'
import classes from './truth-note.module.css'
import { useTargetText } from './use-target-text.ts'

const ICONS: Record<TargetCheck['status'], typeof IconScale> = {
  met: IconCircleCheck,
  missed: IconCircleX,
  not_judged: IconScale,
}

interface TargetNoteProps {
  check: TargetCheck
  /** Where what is missing can be entered. */
  children?: React.ReactNode
}

/** The rate of inspected units against the target; where it is not known, that and what is missing. */
export function TargetNote({ check, children }: TargetNoteProps) {
  const text = useTargetText(check)
  const Icon = ICONS[check.status]
  return (
    <div className={classes.note} data-target={check.status}>
      <Icon size={22} aria-hidden />
      <span>{text}</span>
      {check.status === 'not_judged' && children}
    </div>
  )
}
