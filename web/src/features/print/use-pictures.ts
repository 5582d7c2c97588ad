import { useEffect, useRef, useState } from 'react'

const AT_ONCE = 4

/** Loads the pictures before they are printed, a few at a time. Those that have come stay loaded as long as the page does. */
export function usePictures(sources: readonly string[]) {
  const [loaded, setLoaded] = useState<ReadonlyMap<string, boolean>>(new Map())
  const held = useRef<HTMLImageElement[]>([])
  const asked = useRef(new Set<string>())
  const waiting = sources.filter((source) => !loaded.has(source))
  const next = waiting.slice(0, AT_ONCE).join(' ')

  useEffect(() => {
    for (const source of next.split(' ').filter(Boolean)) {
      if (asked.current.has(source)) continue
      asked.current.add(source)
      const image = new Image()
      held.current.push(image)
      image.onload = () => setLoaded((known) => new Map(known).set(source, true))
      image.onerror = () => setLoaded((known) => new Map(known).set(source, false))
      image.src = source
    }
  }, [next])

  return {
    done: sources.length - waiting.length,
    failed: (source: string): boolean => loaded.get(source) === false,
  }
}
