import type { ApiKey, KeyChange, KeySettings, Scope } from '../../api/types.ts'
import { dayIn, startOfDay } from '../../language/formats.ts'

export const SCOPES: Scope[] = ['analyse', 'read', 'admin']
export const LIMITS = ['rate_limit', 'model_rate_limit', 'daily_analyses', 'daily_tokens', 'daily_cost_usd'] as const
export type Limit = (typeof LIMITS)[number]

/** What stands in the form of a key. */
export interface KeyValues {
  name: string
  scopes: string[]
  limits: Partial<Record<Limit, number | string>>
  /** YYYY-MM-DD on the reader's clock; empty: it never ends. */
  lastDay: string
}

export const NEW_KEY: KeyValues = { name: '', scopes: ['analyse', 'read'], limits: {}, lastDay: '' }

export const valuesOf = (key: ApiKey): KeyValues => ({
  name: key.description ?? '',
  scopes: key.scopes,
  limits: Object.fromEntries(LIMITS.map((name) => [name, key[name] ?? ''])),
  // It ends as the last day does, or in the middle of one.
  lastDay: key.expires_at ? dayIn(new Date(Date.parse(key.expires_at) - 1).toISOString(), undefined) : '',
})

const scopesOf = ({ scopes }: KeyValues): Scope[] => SCOPES.filter((scope) => scopes.includes(scope))
const endOf = ({ lastDay }: KeyValues): string => startOfDay(lastDay, undefined, 1).toISOString()

/** Of a new key. What is left empty is not sent: the service has its defaults. */
export function settingsOf(values: KeyValues): KeySettings {
  const settings: KeySettings = { description: values.name.trim(), scopes: scopesOf(values) }
  for (const name of LIMITS) if (values.limits[name]) settings[name] = Number(values.limits[name])
  if (values.lastDay) settings.expires_at = endOf(values)
  return settings
}

/** What has been changed of a key, and nothing else: somebody may have changed the rest meanwhile. Null: nothing. */
export function changesOf(before: KeyValues, values: KeyValues): KeyChange | null {
  const change: KeyChange = {}
  if (values.name.trim() !== before.name.trim()) change.description = values.name.trim() || null
  if (String(scopesOf(values)) !== String(scopesOf(before))) change.scopes = scopesOf(values)
  for (const name of LIMITS) {
    const [old, now] = [before.limits[name] || null, values.limits[name] || null]
    if (String(old) === String(now)) continue
    if (now !== null) change[name] = Number(now)
    else if (name !== 'rate_limit') change[name] = null
  }
  if (values.lastDay !== before.lastDay) change.expires_at = values.lastDay ? endOf(values) : null
  return Object.keys(change).length > 0 ? change : null
}
