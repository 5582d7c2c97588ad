import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconEye,
  IconInfoCircle,
  IconTag,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Severity, Verdict } from '../api/types.ts'
import { useTexts } from '../language/use-language.ts'
import classes from './tag.module.css'

export type Tone = 'good' | 'bad' | 'warn' | 'notice' | 'neutral'

interface TagProps {
  tone: Tone
  icon: TablerIcon
  size?: 'sm' | 'lg'
  title?: string
  children: ReactNode
}

/** A state in a word, with an icon and a colour: never by the colour alone. */
export function Tag({ tone, icon: Icon, size = 'sm', title, children }: TagProps) {
  return (
    <span className={classes.tag} data-tone={tone} data-size={size} title={title}>
      <Icon size={size === 'lg' ? 28 : 16} stroke={2} aria-hidden />
      {children}
    </span>
  )
}

export const verdictLook: Record<Verdict, { tone: Tone; icon: TablerIcon }> = {
  ok: { tone: 'good', icon: IconCircleCheck },
  ng: { tone: 'bad', icon: IconCircleX },
  review: { tone: 'warn', icon: IconEye },
}

const severityLook: Record<Severity, { tone: Tone; icon: TablerIcon }> = {
  critical: { tone: 'bad', icon: IconAlertOctagon },
  major: { tone: 'warn', icon: IconAlertTriangle },
  minor: { tone: 'notice', icon: IconInfoCircle },
  cosmetic: { tone: 'neutral', icon: IconTag },
}

export function VerdictTag({ verdict, size = 'sm' }: { verdict: Verdict; size?: 'sm' | 'lg' }) {
  const { name, meaning } = useTexts().vocabulary.verdicts[verdict]
  return (
    <Tag {...verdictLook[verdict]} size={size} title={meaning}>
      {name}
    </Tag>
  )
}

export function SeverityTag({ severity }: { severity: Severity }) {
  const { name, meaning } = useTexts().vocabulary.severities[severity]
  return (
    <Tag {...severityLook[severity]} title={meaning}>
      {name}
    </Tag>
  )
}
