import type { AnalysisRow } from '../../../drizzle/schema.ts'
import type { AnalysisTextsBody } from './schemas.ts'

/** Maps every text of an analysis with `change`, which also gets the unique name of the text. */
export function mapTexts(row: AnalysisRow, change: (text: string, name: string) => string): AnalysisTextsBody {
  const list = (name: string, texts: readonly string[] | null) =>
    (texts ?? []).map((text, index) => change(text, `${name}_${index + 1}`))
  const { ishikawaAnalysis } = row
  const category = (name: keyof NonNullable<typeof ishikawaAnalysis>) =>
    change(ishikawaAnalysis?.[name] ?? '', `ishikawa_${name}`)
  return {
    description: change(row.description ?? '', 'description'),
    defects: list(
      'finding',
      row.defects.map(({ description }) => description),
    ).map((description) => ({ description })),
    root_cause: change(row.rootCause ?? '', 'root_cause'),
    five_why_chain: list('why', row.fiveWhyChain),
    contributing_factors: list('contributing_factor', row.contributingFactors),
    ishikawa_analysis: ishikawaAnalysis && {
      machine: category('machine'),
      material: category('material'),
      method: category('method'),
      man: category('man'),
      measurement: category('measurement'),
      environment: category('environment'),
    },
    corrective_actions: list('corrective_action', row.correctiveActions),
    preventive_actions: list('preventive_action', row.preventiveActions),
  }
}

/** The non-empty texts of an analysis, by name. */
export function textsOf(row: AnalysisRow): Record<string, string> {
  const texts: Record<string, string> = {}
  mapTexts(row, (text, name) => {
    if (text) texts[name] = text
    return text
  })
  return texts
}

/** The text members of an analysis, with the texts of the given names (see textsOf) replaced. */
export const withTexts = (row: AnalysisRow, texts: Readonly<Record<string, string>>): AnalysisTextsBody =>
  mapTexts(row, (text, name) => texts[name] ?? text)
