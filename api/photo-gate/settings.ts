import { and, eq } from 'drizzle-orm'
import { type PHOTO_LIMIT_SCOPES, photoLimits } from '../../drizzle/schema.ts'
import { cachedFor } from '../cached.ts'
import type { Db } from '../database/database.ts'
import { DEFAULT_PHOTO_LIMITS, type PhotoLimits } from './limits.ts'

/** A change by another process counts after this long at the latest. */
const CACHE_MS = 30_000

export type PhotoLimitScope = (typeof PHOTO_LIMIT_SCOPES)[number]

export interface PhotoLimitSetting {
  scope: PhotoLimitScope
  name: string
  limits: Partial<PhotoLimits>
  person: string
  updated_at: string
}

export type PhotoLimitSettings = ReturnType<typeof photoLimitsOf>

/** What a photo must measure: by default, and where a product or a station has limits of its own. */
export function photoLimitsOf(db: Db) {
  async function read(): Promise<PhotoLimitSetting[]> {
    const rows = await db.select().from(photoLimits).orderBy(photoLimits.scope, photoLimits.name)
    return rows.map(({ scope, name, limits, person, updatedAt }) => ({
      scope,
      name,
      limits,
      person,
      updated_at: updatedAt.toISOString(),
    }))
  }

  const cached = cachedFor(CACHE_MS, read)

  return {
    /** The station knows its camera and its light: where both have a limit, its counts. */
    async of(productSku: string, station: string | undefined): Promise<PhotoLimits> {
      const settings = await cached.get()
      const find = (scope: PhotoLimitScope, name: string | undefined) =>
        settings.find((setting) => setting.scope === scope && setting.name === name)?.limits
      return { ...DEFAULT_PHOTO_LIMITS, ...find('product', productSku), ...find('station', station) }
    },

    /** In order of scope and name. */
    list: read,

    /** In place of those that were set; null: the defaults count again. Counts here at once. */
    async set(
      scope: PhotoLimitScope,
      name: string,
      limits: Partial<PhotoLimits> | null,
      by: { person: string; caller: string },
    ): Promise<void> {
      if (limits === null) {
        await db.delete(photoLimits).where(and(eq(photoLimits.scope, scope), eq(photoLimits.name, name)))
      } else {
        const values = { limits, ...by, updatedAt: new Date() }
        await db
          .insert(photoLimits)
          .values({ scope, name, ...values })
          .onConflictDoUpdate({ target: [photoLimits.scope, photoLimits.name], set: values })
      }
      cached.forget()
    },
  }
}
