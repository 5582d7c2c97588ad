import classes from './key-cap.module.css'
import { useShortcutsOn } from './setting.ts'

/** The key that does the same as the button which it stands on; read out by aria-keyshortcuts there. */
export function KeyCap({ name }: { name: string }) {
  return (
    useShortcutsOn() && (
      <kbd className={classes.cap} aria-hidden>
        {name}
      </kbd>
    )
  )
}
