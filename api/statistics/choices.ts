import { and, eq, gte } from 'drizzle-orm'
import type { Static } from 'typebox'
import { analyses } from '../../drizzle/schema.ts'
import type { Db } from '../database/database.ts'
import type { Facility } from '../vocabulary/vocabulary.ts'
import type { Choices } from './schemas.ts'

const DAY_MS = 86_400_000
const DAYS = 90
const MAX_VALUES = 200

/** What the filters can be set to, in order of the alphabet, at most 200 of each. */
export async function storedChoices(db: Db, facility: Facility | undefined): Promise<Static<typeof Choices>> {
  const { lineId, station, shift, modelVersion, timestamp } = analyses
  const rows = await db
    .selectDistinct({ lineId, station, shift, modelVersion })
    .from(analyses)
    .where(
      and(
        gte(timestamp, new Date(Date.now() - DAYS * DAY_MS)),
        facility === undefined ? undefined : eq(analyses.facility, facility),
      ),
    )
  const values = (of: (row: (typeof rows)[number]) => string | null) =>
    [...new Set(rows.flatMap((row) => of(row) || []))]
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .slice(0, MAX_VALUES)
  return {
    lines: values(({ lineId }) => lineId),
    stations: values(({ station }) => station),
    shifts: values(({ shift }) => shift),
    model_versions: values(({ modelVersion }) => modelVersion),
  }
}
