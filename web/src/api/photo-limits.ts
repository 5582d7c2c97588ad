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

/** What a photo of the product, from the station, must measure; null where the service takes every photo. Throws where it is not known. */
export async function photoLimits(
  productSku: string,
  station: string | undefined,
): Promise<PhotoLimitSettings['default'] | null> {
  const { enabled, default: defaults, settings } = await (known && known.until > Date.now() ? known.settings : ask())
  const of = (scope: 'product' | 'station', name: string | undefined) =>
    settings.find((setting) => setting.scope === scope && setting.name === name?.trim())?.limits
  return enabled ? { ...defaults, ...of('product', productSku), ...of('station', station) } : null
}
