import type { TablerIcon } from '@tabler/icons-react'
import classes from './tools.module.css'

/** How the buttons look: on a narrow screen only their icons are seen. */
export const toolOf = (icon: TablerIcon, name: string) => {
  const Icon = icon
  return {
    variant: 'default',
    mih: 44,
    title: name,
    leftSection: <Icon size={18} aria-hidden />,
    classNames: { root: classes.tool, section: classes.icon, label: classes.word },
  } as const
}
