import { eq } from 'drizzle-orm'
import { reviewThresholds } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import { cachedFor } from '../../platform/cached.ts'

/** A change by another process counts after this long at the latest. */
const CACHE_MS = 30_000

export interface ReviewThreshold {
  product_sku: string
  review_below: number
  person: string
  updated_at: string
}

export type ReviewThresholds = ReturnType<typeof reviewThresholdsOf>

/** Below which confidence a verdict goes to a person: of the product, or `fallback`. */
export function reviewThresholdsOf(db: Db, fallback: number) {
  async function read(): Promise<Map<string, number>> {
    const { productSku, reviewBelow } = reviewThresholds
    const rows = await db.select({ productSku, reviewBelow }).from(reviewThresholds)
    return new Map(rows.map((row) => [row.productSku, row.reviewBelow]))
  }

  const bySku = cachedFor(CACHE_MS, read)

  return {
    fallback,

    async of(productSku: string): Promise<number> {
      return (await bySku.get()).get(productSku) ?? fallback
    },

    /** In order of SKU. */
    async list(): Promise<ReviewThreshold[]> {
      const rows = await db.select().from(reviewThresholds).orderBy(reviewThresholds.productSku)
      return rows.map((row) => ({
        product_sku: row.productSku,
        review_below: row.reviewBelow,
        person: row.person,
        updated_at: row.updatedAt.toISOString(),
      }))
    },

    /** Null: the fallback counts again. Counts here at once. */
    async set(productSku: string, reviewBelow: number | null, by: { person: string; caller: string }): Promise<void> {
      if (reviewBelow === null) {
        await db.delete(reviewThresholds).where(eq(reviewThresholds.productSku, productSku))
      } else {
        const values = { reviewBelow, ...by, updatedAt: new Date() }
        await db
          .insert(reviewThresholds)
          .values({ productSku, ...values })
          .onConflictDoUpdate({ target: reviewThresholds.productSku, set: values })
      }
      bySku.forget()
    },
  }
}
