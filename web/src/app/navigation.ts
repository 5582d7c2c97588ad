import {
  IconChartBar,
  IconChecklist,
  IconHistory,
  IconKey,
  IconPhotoScan,
  IconTargetArrow,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Scope } from '../api/types.ts'
import type { Messages } from '../texts/en/index.ts'

interface Screen {
  to: string
  icon: TablerIcon
  text: keyof Messages['frame']['screens']
  /** Without it the screen is not offered. */
  scope?: Scope
}

/** The screens that can be reached from everywhere, in the order of a day's work. */
export const SCREENS: readonly Screen[] = [
  { to: '/', icon: IconPhotoScan, text: 'inspect' },
  { to: '/review', icon: IconChecklist, text: 'review' },
  { to: '/history', icon: IconHistory, text: 'history' },
  { to: '/dashboard', icon: IconChartBar, text: 'dashboard' },
  { to: '/quality', icon: IconTargetArrow, text: 'quality' },
  { to: '/admin', icon: IconKey, text: 'admin', scope: 'admin' },
]
