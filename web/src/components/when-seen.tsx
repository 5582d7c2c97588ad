import { type ReactNode, startTransition, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

/** Distance to the view at which it is drawn, so that nobody who scrolls waits for it. */
const NEAR = '300px'

/** What is costly to draw: drawn when it comes near the view, or is printed. Until then its place is empty, and the caller keeps its height. */
export function WhenSeen({ children }: { children: ReactNode }): ReactNode {
  const [seen, setSeen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) startTransition(() => setSeen(true))
      },
      { rootMargin: NEAR },
    )
    observer.observe(place.current)
    const print = () => flushSync(() => setSeen(true))
    window.addEventListener('beforeprint', print)
    return () => {
      observer.disconnect()
      window.removeEventListener('beforeprint', print)
    }
  }, [])
  return seen ? children : <div ref={place} style={{ height: '100%' }} />
}
