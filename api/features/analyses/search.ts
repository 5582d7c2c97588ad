import { and, inArray, or, type SQL, sql } from 'drizzle-orm'
import { analyses } from '../../../drizzle/schema.ts'
import type { SourceColumns } from '../reviews/verdict-source.ts'
import { codesNamed } from '../vocabulary/named.ts'

/** As the index analyses_search has it: NFKC, so that full width and composed letters do not matter, in lower case. */
const foldedSearchText = sql`lower(normalize(${analyses.searchText}, NFKC) collate "und-x-icu")`
const foldCase = (text: string): string => text.normalize('NFKC').toLowerCase()

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)

const anyOf = (column: SQL, codes: string[]): SQL | undefined =>
  codes.length > 0
    ? sql`${column} in (${sql.join(
        codes.map((code) => sql`${code}`),
        sql`, `,
      )})`
    : undefined

/** What a text of the search field finds: rows that hold it, and defects of a type, severity, stage or line that it names. Undefined: all. */
export function textCondition(text: string, word: SourceColumns): SQL | undefined {
  const wanted = foldCase(text.trim())
  if (!wanted) return undefined
  const { defectTypes, severities, stages, lines } = codesNamed(text)
  const named = or(
    anyOf(word.type, defectTypes),
    anyOf(word.severity, severities),
    anyOf(sql`${analyses.probableStage}`, stages),
  )
  return or(
    sql`${foldedSearchText} like ${`%${escapeLike(wanted)}%`}`,
    // Only a defect has them. Said, so that its index serves.
    named && and(word.defect, named),
    lines.length > 0 ? inArray(analyses.lineId, lines) : undefined,
  )
}
