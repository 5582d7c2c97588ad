import { type Static, Type } from 'typebox'
import { Nullable } from '../../platform/http/schemas.ts'
import { IshikawaSchema, LanguageCode } from '../vocabulary/schemas.ts'

const Texts = Type.Array(Type.String())

const texts = {
  description: Type.String(),
  defects: Type.Array(Type.Object({ description: Type.String() }), { description: 'In the order of the analysis' }),
  root_cause: Type.String(),
  five_why_chain: Texts,
  contributing_factors: Texts,
  ishikawa_analysis: Nullable(IshikawaSchema),
  corrective_actions: Texts,
  preventive_actions: Texts,
}
/** The members of an analysis that hold text, with as many items in each list as there. */
export const AnalysisTexts = Type.Object(texts)
export type AnalysisTextsBody = Static<typeof AnalysisTexts>

export const Translation = Type.Object(
  {
    language: LanguageCode,
    ...texts,
    model_version: Type.String({
      description: 'Of who translated; opencc-js: converted between the Chinese scripts by table',
    }),
    prompt_version: Type.String(),
    tokens: Type.Integer({ description: 'Input and output' }),
    cost_usd: Nullable(Type.Number()),
    created_at: Type.String({ format: 'date-time' }),
  },
  { $id: 'Translation' },
)
export type TranslationBody = Static<typeof Translation>

export const NewTranslation = Type.Object({ language: LanguageCode }, { additionalProperties: false })
