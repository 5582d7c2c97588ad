import { bodyOf, client } from './client.ts'
import { orLastKnown } from './last-known.ts'
import type { PhotoLimitSettings } from './types.ts'

/** A limit that somebody changes counts on this device after this long. */
const KNOWN_FOR_MS = 5 * 60_000

let known: { until: number; settings: Promise<PhotoLimitSettings> } | null = null

function ask(): Promise<PhotoLimitSettings> {
  const asked = {
    until: Date.now() + KNOWN_FOR_MS,
    settings: orLastKnown('photo-limits', bodyOf(client.GET('/api/v1/photo-limits'))),
  }
  known = asked
  asked.settings.catch(() => {
    if (known === asked) known = null
  })
  return asked.settings
}

/** What photos must measure, by product and station. Throws where it is not known. */
export const photoLimits = (): Promise<PhotoLimitSettings> =>
  known && known.until > Date.now() ? known.settings : ask()
