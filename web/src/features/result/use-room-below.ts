import { type RefObject, useLayoutEffect, useRef } from 'react'

/** Less is too little to work in: then the page scrolls, so that the element begins at the top. */
const LEAST_SHARE = 0.6

/**
 * While `on`, brings the element into view and tells its style sheet how much of the window is above it (--above), so that it can
 * fill what is left.
 */
export function useRoomBelow(on: boolean): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = place.current
    if (!on || !element) return
    const header = Number.parseFloat(getComputedStyle(element).scrollMarginTop)
    const measure = () => {
      const above = element.getBoundingClientRect().top + window.scrollY
      const fits = window.innerHeight - above >= LEAST_SHARE * window.innerHeight
      element.style.setProperty('--above', `${fits ? above : header}px`)
      return fits
    }
    if (measure()) window.scrollTo({ top: 0, behavior: 'instant' })
    else element.scrollIntoView({ block: 'start', behavior: 'instant' })
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [on])
  return place
}
