import { useEffect } from 'react'
import { useTexts } from '../language/use-language.ts'

/** Names the browser's tab. */
export function useTitle(title: string): void {
  const { product } = useTexts().frame
  useEffect(() => {
    document.title = `${title} · ${product}`
  }, [title, product])
}
