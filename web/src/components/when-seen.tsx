import { type ReactNode, startTransition, useEffect, useRef, useState } from 'react'
import { usePrinting } from './use-printing.ts'

/** Distance to the view at which it is drawn, so that nobody who scrolls waits for it. */
const NEAR = '300px'

/** Milliseconds after which it is drawn in any case: who searches the page, or has it read, does not scroll. */
const PATIENCE = 6000

/** What is costly to draw: drawn when it comes near the view, is printed, or all else is done. Until then the caller keeps its height. */
export function WhenSeen({ children }: { children: ReactNode }): ReactNode {
  const [seen, setSeen] = useState(false)
  const printing = usePrinting()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current) return
    const draw = () => startTransition(() => setSeen(true))
    const timer = setTimeout(draw, PATIENCE)
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) draw()
      },
      { rootMargin: NEAR },
    )
    observer.observe(place.current)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [])
  return seen || printing ? children : <div ref={place} style={{ height: '100%' }} />
}
