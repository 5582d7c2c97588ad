import { and, eq, gt, gte, lt } from 'drizzle-orm'
import { type PgColumn, union } from 'drizzle-orm/pg-core'
import type { Static } from 'typebox'
import { analyses, photoTallies } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import { FACILITIES, type Facility } from '../../domain/vocabulary.ts'
import { counted } from '../reviews/verdict-source.ts'
import type { Schedules } from '../shifts/settings.ts'
import type { Choices } from './schemas.ts'
import { firstWholeDay } from './tallied.ts'

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
  const ofFacility = (column: PgColumn) => (facility === undefined ? undefined : eq(column, facility))
  const places = facility ? [facility] : FACILITIES.map(({ code }) => code)
  const { day, startsAt } = firstWholeDay(since)
  const tally = photoTallies
  // Of the day that the 90 days begin in, the photos themselves.
  const rows = await union(
    db
      .select({ lineId: tally.lineId, station: tally.station, modelVersion: tally.modelVersion })
      .from(tally)
      .where(and(eq(tally.days, 1), gte(tally.start, day), gt(tally.photos, 0), ofFacility(tally.facility))),
    db
      .select({ lineId, station, modelVersion })
      .from(analyses)
      .where(and(counted, gte(timestamp, since), lt(timestamp, startsAt), ofFacility(analyses.facility))),
  )
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
