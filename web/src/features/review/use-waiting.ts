import { useSearchParams } from 'react-router'
import type { Shown, Waiting } from '../../api/reviews.ts'
import { facilities } from '../../components/codes.ts'

/** As the address has them; nothing: what waits. */
export const SHOWN: readonly Shown[] = ['waiting', 'unsure', 'unjudged']

export type FilterName = 'facility' | 'product' | 'show'

/** What the reviewer works through, as the address has it. */
export function useWaiting() {
  const [params, setParams] = useSearchParams()
  const waiting: Waiting = {
    facility: facilities.find((code) => code === params.get('facility')),
    product_sku: params.get('product') || undefined,
    shown: SHOWN.find((shown) => shown === params.get('show')) ?? 'waiting',
  }
  return {
    waiting,
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
