import type { Shown, Waiting } from '../../api/reviews.ts'
import { facilities } from '../../components/codes.ts'

/** As the address has them; without one: what waits. */
export const SHOWN: readonly Shown[] = ['waiting', 'unsure', 'unjudged']

/** What the reviewer works through, as the address has it. */
export const waitingOf = (params: URLSearchParams): Waiting => ({
  facility: facilities.find((code) => code === params.get('facility')),
  product_sku: params.get('product') || undefined,
  shown: SHOWN.find((shown) => shown === params.get('show')) ?? 'waiting',
})
