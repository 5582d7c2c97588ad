import { type SQL, sql } from 'drizzle-orm'
import { Type } from 'typebox'
import { analyses } from '../../../drizzle/schema.ts'
import { VERDICT_SOURCES, type VerdictSource } from '../../domain/chart-scope.ts'

/** On whose word results are counted and filtered. */
export const VerdictSourceSchema = Type.Enum([...VERDICT_SOURCES], {
  default: 'final',
  description:
    "final: a person's verdict where one has confirmed or corrected, else the analyzer's. ai: the analyzer's word, of all. human: only what a person has confirmed or corrected, by the person's verdict; who was unsure has not",
})

/** A person has confirmed or corrected it. */
export const judged = sql`${analyses.judged}`

/** It is an inspected photo: neither void nor one to be taken again, which are shown and counted nowhere. */
export const counted = sql`${analyses.counted}`

/** What a result is taken for. Type and severity are null where there is no defect; a cosmetic one may be there and count as none. */
export interface SourceColumns {
  defect: SQL
  passed: SQL
  type: SQL
  severity: SQL
}

const AI: SourceColumns = {
  defect: sql`(${analyses.defectDetected} and not ${analyses.tolerated})`,
  passed: sql`(${analyses.verdict} = 'ok')`,
  type: sql`case when ${analyses.defectDetected} then coalesce(${analyses.defectType}, 'unknown') end`,
  severity: sql`case when ${analyses.defectDetected} then coalesce(${analyses.severity}, 'cosmetic') end`,
}

const FINAL: SourceColumns = {
  defect: sql`${analyses.finalDefect}`,
  passed: sql`(${analyses.finalVerdict} = 'ok')`,
  type: sql`${analyses.finalType}`,
  severity: sql`${analyses.finalSeverity}`,
}

/** By whose word; of `human`, only rows that are `judged` are to be looked at, and of these the final word is the person's. */
export const columnsOf = (truth: VerdictSource): SourceColumns => (truth === 'ai' ? AI : FINAL)
