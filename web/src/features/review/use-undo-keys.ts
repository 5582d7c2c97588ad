import { useEffect, useEffectEvent } from 'react'
import type { DraftActions } from './draft-store.ts'

/** Ctrl+Z, and Ctrl+Shift+Z or Ctrl+Y, over all that is entered; in the comment too, which is a part of it. */
export function useUndoKeys({ undo, redo }: Partial<Pick<DraftActions, 'undo' | 'redo'>>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return
    if (event.target instanceof Element && event.target.closest('[role="dialog"]')) return
    const key = event.key.toLowerCase()
    const redoes = key === 'y' || (key === 'z' && event.shiftKey)
    const action = redoes ? redo : key === 'z' ? undo : undefined
    if (!action) return
    event.preventDefault()
    action()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
