import type { ApiKey } from '../../api/types.ts'
import type { AdminTexts } from './texts.ts'

type Named = Pick<ApiKey, 'description' | 'prefix' | 'last_four'>

/** What a key is called. */
export const nameOf = ({ description }: Named, texts: AdminTexts): string => description?.trim() || texts.untitled

/** How a key begins and ends: what a person tells it by. */
export const shortOf = ({ prefix, last_four }: Named, texts: AdminTexts): string =>
  prefix ? `${prefix}…${last_four ?? ''}` : texts.madeByHand

export type KeyState = keyof AdminTexts['states']

export const stateOf = ({ active, revoked_at }: ApiKey): KeyState => {
  if (active) return 'active'
  // One that was switched off by hand has no time of it.
  return revoked_at ? 'revoked' : 'expired'
}
