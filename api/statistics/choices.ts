import { and, eq, gte } from 'drizzle-orm'
import type { Static } from 'typebox'
import { analyses } from '../../drizzle/schema.ts'
import type { Db } from '../database/database.ts'
import type { Schedules } from '../shifts/settings.ts'
import { FACILITIES, type Facility } from '../vocabulary/vocabulary.ts'
import type { Choices } from './schemas.ts'

const DAY_MS = 86_400_000
const DAYS = 90
const MAX_VALUES = 200

/** What the filters can be set to, in order of the alphabet, at most 200 of each. */
export async function storedChoices(
  db: Db,
  schedules: Schedules,
  facility: Facility | undefined,
): Promise<Static<typeof Choices>> {
  const { lineId, station, modelVersion, timestamp } = analyses
  const since = new Date(Date.now() - DAYS * DAY_MS)
  const places = facility ? [facility] : FACILITIES.map(({ code }) => code)
  const rows = await db
    .selectDistinct({ lineId, station, modelVersion })
    .from(analyses)
    .where(and(gte(timestamp, since), facility === undefined ? undefined : eq(analyses.facility, facility)))
  const values = (of: (row: (typeof rows)[number]) => string | null) =>
    [...new Set(rows.flatMap((row) => of(row) || []))]
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .slice(0, MAX_VALUES)
  return {
    lines: values(({ lineId }) => lineId),
    stations: values(({ station }) => station),
    shifts: [...new Set(places.flatMap((place) => schedules.of(place).namesSince(since)))],
    model_versions: values(({ modelVersion }) => modelVersion),
  }
}
