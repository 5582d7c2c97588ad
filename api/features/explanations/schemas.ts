import { type Static, Type } from 'typebox'
import type { ExplanationTexts } from '../../domain/explanation.ts'
import { Person } from '../reviews/schemas.ts'
import { LanguageCode } from '../vocabulary/schemas.ts'

const MAX_TEXT = 2000
const MAX_ITEMS = 20

const texts = {
  root_cause: Type.String(),
  five_why_chain: Type.Array(Type.String()),
  corrective_actions: Type.Array(Type.String()),
  preventive_actions: Type.Array(Type.String()),
}
export const TEXT_NAMES = Object.keys(texts) as (keyof ExplanationTexts)[]

/** Causes and actions that a person stands for. */
export const Explanation = Type.Object(
  {
    id: Type.String({ format: 'uuid', description: 'For "after" of the next change' }),
    number: Type.Integer({ description: '1, 2, 3 ... of its analysis' }),
    edited: Type.Boolean({ description: 'False: word for word what the analyzer wrote' }),
    ...texts,
    language: LanguageCode,
    person: Type.String(),
    confirmed_at: Type.String({ format: 'date-time' }),
  },
  { $id: 'Explanation' },
)

const list = (description: string) =>
  Type.Optional(Type.Array(Type.String({ maxLength: MAX_TEXT }), { maxItems: MAX_ITEMS, description }))

export const NewExplanation = Type.Object(
  {
    root_cause: Type.Optional(Type.String({ maxLength: MAX_TEXT })),
    five_why_chain: list('From the defect to its root; empty lines are left out, here and below'),
    corrective_actions: list('What is done about this part and lot'),
    preventive_actions: list('What is done so that it does not happen again'),
    language: Type.Optional(LanguageCode),
    person: Type.Optional(Person),
    after: Type.Optional(
      Type.Unsafe<string | null>({
        type: ['string', 'null'],
        format: 'uuid',
        description:
          'The newest explanation that the person saw, null for none: a newer one is a 409 that says whose it is',
      }),
    ),
  },
  { additionalProperties: false },
)
export type NewExplanationBody = Static<typeof NewExplanation>
