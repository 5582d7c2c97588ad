import { useSyncExternalStore } from 'react'

const STORAGE_KEY = 'wiko.keys'
const listeners = new Set<() => void>()
let on = localStorage.getItem(STORAGE_KEY) !== 'off'

/** Whether single keys do something: whoever dictates, or whose hand slips, can switch them off (WCAG 2.1.4). Kept on the device. */
export const shortcutSetting = {
  isOn: (): boolean => on,
  set(value: boolean): void {
    on = value
    localStorage.setItem(STORAGE_KEY, value ? 'on' : 'off')
    for (const listener of listeners) listener()
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}

export const useShortcutsOn = (): boolean => useSyncExternalStore(shortcutSetting.subscribe, shortcutSetting.isOn)
