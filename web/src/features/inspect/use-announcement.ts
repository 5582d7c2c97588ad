import { useEffect, useState } from 'react'

/** A reader is not interrupted more often. */
const PAUSE_MS = 12_000

/** Of a text that changes often, what a screen reader is told: now and then, and at once where `urgent`. */
export function useAnnouncement(text: string, urgent: boolean): string {
  const [said, setSaid] = useState({ text, at: 0 })
  useEffect(() => {
    if (text === said.text) return
    const wait = urgent ? 0 : Math.max(0, said.at + PAUSE_MS - Date.now())
    const timer = setTimeout(() => setSaid({ text, at: Date.now() }), wait)
    return () => clearTimeout(timer)
  }, [text, urgent, said])
  return said.text
}
