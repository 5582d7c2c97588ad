import { useSearchParams } from 'react-router'
import { waitingOf } from './waiting.ts'

export type FilterName = 'facility' | 'product' | 'show'

/** The filters of the review queue, kept in the address. */
export function useWaiting() {
  const [params, setParams] = useSearchParams()
  return {
    waiting: waitingOf(params),
    set(name: FilterName, value: string): void {
      setParams((before) => {
        const next = new URLSearchParams(before)
        if (value && value !== 'waiting') next.set(name, value)
        else next.delete(name)
        return next
      })
    },
    clear: (): void => setParams({}),
  }
}
