import { useEffect, useEffectEvent } from 'react'
import { shortcutSetting } from './setting.ts'

/** These mean something of their own to buttons, and to fields and pictures. */
const PRESSING = [' ', 'Enter']
const MOVING = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', ...PRESSING]
const WITHOUT_TEXT = ['checkbox', 'radio', 'range', 'button', 'submit']

/** Whether the element that has the focus wants the key itself. */
export function isWanted(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest('[role="dialog"]')) return true
  const field = target.closest('input, select, textarea, [contenteditable="true"]')
  if (field instanceof HTMLInputElement && WITHOUT_TEXT.includes(field.type)) return MOVING.includes(key)
  if (field) return true
  if (target.closest('[role="application"]')) return MOVING.includes(key)
  return PRESSING.includes(key) && target.closest('button, a, summary') !== null
}

/**
 * Keys that work anywhere on the screen, by KeyboardEvent.key (letters in lower case), unless somebody types, a dialog is
 * open, or they are switched off. Escape always works. A key that is held down does nothing more.
 */
export function useShortcuts(keys: Record<string, (() => void) | undefined>, active = true): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.isComposing) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const action = keys[key]
    if (!action) return
    if (key !== 'Escape' && (!shortcutSetting.isOn() || isWanted(event.target, event.key))) return
    if (key === 'Escape' && event.target instanceof Element && event.target.closest('[role="dialog"]')) return
    event.preventDefault()
    action()
  })
  useEffect(() => {
    if (!active) return
    const listener = (event: KeyboardEvent) => onKey(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [active])
}
