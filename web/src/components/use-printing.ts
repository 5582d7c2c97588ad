import { useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'

const paper = window.matchMedia('print')
/** From beforeprint to afterprint: browsers lay out the paper right after the first. */
let asked = false

/** Drawn at once, as the browser does not wait. */
function subscribe(listener: () => void): () => void {
  const change = () => flushSync(listener)
  const begin = () => {
    asked = true
    change()
  }
  const end = () => {
    asked = false
    change()
  }
  paper.addEventListener('change', change)
  window.addEventListener('beforeprint', begin)
  window.addEventListener('afterprint', end)
  return () => {
    paper.removeEventListener('change', change)
    window.removeEventListener('beforeprint', begin)
    window.removeEventListener('afterprint', end)
  }
}

/** Whether the page is laid out for paper. */
export const usePrinting = (): boolean => useSyncExternalStore(subscribe, () => asked || paper.matches)
