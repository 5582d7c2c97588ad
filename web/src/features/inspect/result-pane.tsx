import { IconPhotoScan } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Analysis } from '../../api/types.ts'
import { useLanguage } from '../../language/use-language.ts'
import { photoQueue, useQueue } from './queue/photo-queue.ts'
import classes from './result-pane.module.css'

/** A result, as it is handed to whoever draws it. */
export interface ShownResult {
  analysis: Analysis
  /** Asks for a new verdict on the same photo. */
  onAgain?: () => void
}

/** The result of the photo that is selected in the queue. */
export function ResultPane({ renderResult }: { renderResult: (result: ShownResult) => ReactNode }) {
  const { code: language, messages } = useLanguage()
  const texts = messages.inspect
  const { items, selected } = useQueue()
  const pane = useRef<HTMLElement>(null)
  const item = items.find(({ id }) => id === selected)
  const shown = item?.state.is === 'done' ? item.state.analysis : null
  const shownId = shown?.defect_id

  // Below the queue (phone, tablet), or above a long one that was scrolled, a new result would come unseen.
  useEffect(() => {
    const element = pane.current
    // Nothing moves under the hands of who types.
    if (!shownId || !element || document.activeElement?.matches('input[type=text], textarea')) return
    const { top } = element.getBoundingClientRect()
    const header = Number.parseFloat(getComputedStyle(element).scrollMarginTop)
    if (top > header - 1 && top < window.innerHeight / 2) return
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    element.scrollIntoView({ behavior: still ? 'auto' : 'smooth', block: 'start' })
  }, [shownId])

  return (
    <section ref={pane} className={classes.pane} aria-label={texts.result}>
      {item && shown ? (
        renderResult({ analysis: shown, onAgain: () => photoQueue.reanalyze(item.id, language) })
      ) : (
        <div className={classes.empty}>
          <IconPhotoScan size={56} stroke={1.25} aria-hidden />
          <h2>{texts.noResult}</h2>
          <p>{items.some(({ state }) => state.is === 'done') ? texts.chooseResult : texts.noResultHint}</p>
        </div>
      )}
    </section>
  )
}
