import { and, count, desc, isNotNull, sql } from 'drizzle-orm'
import { type Static, Type } from 'typebox'
import { analyses } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import { Nullable } from '../../platform/http/schemas.ts'
import { conditions } from '../analyses/queries.ts'
import { columnsOf, judged } from './verdict-source.ts'

export const MAX_PREVIEWED = 10_000

const Moment = Type.String({ format: 'date-time' })

export const ConfidencePreview = Type.Object({
  product_sku: Type.String(),
  review_below: Type.Number({ description: 'The threshold that counts now' }),
  analyses: Type.Integer(),
  from: Nullable(Moment, { description: 'Of the oldest; null of none' }),
  to: Nullable(Moment, { description: 'Of the newest; null of none' }),
  bins: Type.Array(
    Type.Object({
      confidence: Type.Number({ description: 'Rounded down to hundredths' }),
      analyses: Type.Integer(),
      judged: Type.Integer({ description: 'Of these, confirmed or corrected by a person' }),
      wrong: Type.Integer({ description: 'Of the judged, those whose verdict or defect type the person corrected' }),
    }),
    { description: 'Rising; empty ones are left out. Under a threshold of whole hundredths are all bins below it' },
  ),
})

/** The confidence of a product's newest analyses, void ones aside. */
export async function previewOf(
  db: Db,
  productSku: string,
  reviewBelow: number,
  last: number,
): Promise<Static<typeof ConfidencePreview>> {
  const newest = db
    .select({
      timestamp: analyses.timestamp,
      bin: sql<number>`floor(coalesce(${analyses.confidence}, 0) * 100)::int`.as('bin'),
      judged: sql<boolean>`${judged}`.as('judged'),
      wrong: sql<boolean>`${columnsOf('ai').type} is distinct from ${analyses.reviewedType}`.as('wrong'),
    })
    .from(analyses)
    .where(and(...conditions({ product_sku: productSku, voided: false }), isNotNull(analyses.confidence)))
    .orderBy(desc(analyses.timestamp), desc(analyses.id))
    .limit(last)
    .as('newest')
  const rows = await db
    .select({
      bin: newest.bin,
      analyses: count(),
      judged: sql<number>`(count(*) filter (where ${newest.judged}))::int`,
      wrong: sql<number>`(count(*) filter (where ${newest.judged} and ${newest.wrong}))::int`,
      from: sql<string>`min(${newest.timestamp})`.mapWith(analyses.timestamp),
      to: sql<string>`max(${newest.timestamp})`.mapWith(analyses.timestamp),
    })
    .from(newest)
    .groupBy(newest.bin)
    .orderBy(newest.bin)
  const times = rows.flatMap(({ from, to }) => [from, to]).toSorted((a, b) => Number(a) - Number(b))
  return {
    product_sku: productSku,
    review_below: reviewBelow,
    analyses: rows.reduce((sum, row) => sum + row.analyses, 0),
    from: times[0]?.toISOString() ?? null,
    to: times.at(-1)?.toISOString() ?? null,
    bins: rows.map(({ bin, analyses, judged, wrong }) => ({ confidence: bin / 100, analyses, judged, wrong })),
  }
}
