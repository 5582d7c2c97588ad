import { and, eq } from 'drizzle-orm'
import { type PHOTO_LIMIT_SCOPES, photoLimits } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import { DEFAULT_PHOTO_LIMITS, type LimitSetting, limitsFor, type PhotoLimits } from '../../domain/photo-limits.ts'
import { cachedFor } from '../../platform/cached.ts'

/** Maximum delay until a change by another process takes effect. */
const CACHE_MS = 30_000

export type PhotoLimitScope = (typeof PHOTO_LIMIT_SCOPES)[number]

export interface PhotoLimitSetting extends LimitSetting {
  person: string
  updated_at: string
}

export type PhotoLimitSettings = ReturnType<typeof photoLimitsOf>

/** Photo limits: the defaults, and the settings of products and stations that override them. */
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
    of: async (productSku: string, station: string | undefined): Promise<PhotoLimits> =>
      limitsFor(DEFAULT_PHOTO_LIMITS, await cached.get(), productSku, station),

    /** Ordered by scope and name. */
    list: read,

    /** Replaces the setting; null restores the defaults. Takes effect at once in this process. */
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
