import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../language/use-language.ts'
import classes from './side-drawer.module.css'

interface SideDrawerProps {
  title: string
  opened: boolean
  onClose: () => void
  children: ReactNode
}

/** A dialog at the right edge. It brings much script with it: whoever uses it is loaded when it is opened. */
export function SideDrawer({ title, opened, onClose, children }: SideDrawerProps) {
  const texts = useTexts().shared
  return (
    // Locking the scroll would take a style element, which the page's policy forbids; the library's own head would be
    // a second banner of the page.
    <Drawer.Root opened={opened} onClose={onClose} position="right" size="lg" lockScroll={false}>
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={classes.head}>
          <Drawer.Title className={classes.title}>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label={texts.close} size={44} />
        </div>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}
