import type { Waiting } from '../../api/reviews.ts'
import { facilities } from '../../components/codes.ts'

/** What the reviewer works through, as the address has it. */
export const waitingOf = (params: URLSearchParams): Waiting => ({
  facility: facilities.find((code) => code === params.get('facility')),
  product_sku: params.get('product') || undefined,
  person_verdict: params.get('show') === 'unsure' ? 'review' : 'none',
})
