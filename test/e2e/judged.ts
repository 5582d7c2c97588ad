import { randomBytes } from 'node:crypto'
import type { DefectType } from '../../api/domain/vocabulary.ts'
import { analyses } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import type { TestService } from '../support/service.ts'

export interface Judged {
  /** Null: no defect. */
  model: DefectType | null
  /** Undefined: nobody has judged it. */
  person?: DefectType | null
  confidence: number
  count: number
}

/** Stored results as if so many photos had been analysed and reviewed: copies of one that was. */
export async function storeJudged(
  { url, database: { db } }: TestService,
  groups: readonly Judged[],
  headers: Record<string, string> = {},
): Promise<void> {
  const body = photoForm(await photo(), { product_sku: 'WK-KN-200', facility: 'yangjiang' })
  const response = await fetch(`${url}/api/v1/analyze`, { method: 'POST', body, headers })
  if (!response.ok) throw new Error(await response.text())
  const [first] = await db.select().from(analyses).limit(1)
  if (!first) throw new Error('there is no analysis')
  const { id: _, searchText: _generated, ...row } = first
  const copies = groups.flatMap(({ model, person, confidence, count }) =>
    Array.from({ length: count }, () => ({
      ...row,
      requestRef: null,
      defectId: `DEF-20260101-${randomBytes(4).toString('hex').toUpperCase()}`,
      defectDetected: model !== null,
      defectType: model ?? 'unknown',
      confidence,
      reviewedVerdict: person === undefined ? null : person === null ? ('ok' as const) : ('ng' as const),
      reviewedType: person ?? null,
    })),
  )
  await db.insert(analyses).values(copies)
}
