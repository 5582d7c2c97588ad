import { type Static, Type } from 'typebox'
import { Nullable } from '../../platform/http/schemas.ts'
import { IshikawaSchema, LanguageCode } from '../vocabulary/schemas.ts'

const Texts = Type.Array(Type.String())

const texts = {
  description: Type.String(),
  defects: Type.Array(Type.Object({ description: Type.String() }), {
    description: 'In the order of the defects of the analysis',
  }),
  root_cause: Type.String(),
  five_why_chain: Texts,
  contributing_factors: Texts,
  ishikawa_analysis: Nullable(IshikawaSchema),
  corrective_actions: Texts,
  preventive_actions: Texts,
}
/** The text members of an analysis. Lists have the same length as in the analysis. */
export const AnalysisTexts = Type.Object(texts)
export type AnalysisTextsBody = Static<typeof AnalysisTexts>

export const Translation = Type.Object(
  {
    language: LanguageCode,
    ...texts,
    model_version: Type.String({
      description: 'Translating model; opencc-js for conversion between the Chinese scripts',
    }),
    prompt_version: Type.String(),
    tokens: Type.Integer({ description: 'Input and output tokens' }),
    cost_usd: Nullable(Type.Number()),
    created_at: Type.String({ format: 'date-time' }),
  },
  { $id: 'Translation' },
)
export type TranslationBody = Static<typeof Translation>

export const NewTranslation = Type.Object({ language: LanguageCode }, { additionalProperties: false })
