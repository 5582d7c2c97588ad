import { useSearchParams } from 'react-router'
import type { Waiting } from '../../api/reviews.ts'
import { facilities } from '../../components/codes.ts'

export type FilterName = 'facility' | 'product' | 'show'

/** What the reviewer works through, as the address has it. */
export function useWaiting() {
  const [params, setParams] = useSearchParams()
  const waiting: Waiting = {
    facility: facilities.find((code) => code === params.get('facility')),
    product_sku: params.get('product') || undefined,
    person_verdict: params.get('show') === 'unsure' ? 'review' : 'none',
  }
  return {
    waiting,
    set(name: FilterName, value: string): void {
      setParams((before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      })
    },
    clear: (): void => setParams({}),
  }
}
