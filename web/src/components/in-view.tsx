import { type ReactNode, startTransition, useEffect, useRef, useState } from 'react'
import { usePrinting } from './use-printing.ts'

/** Children are rendered this far before they scroll into view. */
const MARGIN = '300px'

/** Rendered after this many milliseconds in any case: find-in-page and screen readers do not scroll. */
const TIMEOUT_MS = 6000

/** Renders expensive children when they approach the viewport or are printed. The caller reserves their height. */
export function InView({ children }: { children: ReactNode }): ReactNode {
  const [visible, setVisible] = useState(false)
  const printing = usePrinting()
  const placeholder = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!placeholder.current) return
    const show = () => startTransition(() => setVisible(true))
    const timer = setTimeout(show, TIMEOUT_MS)
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) show()
      },
      { rootMargin: MARGIN },
    )
    observer.observe(placeholder.current)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [])
  return visible || printing ? children : <div ref={placeholder} style={{ height: '100%' }} />
}
