import { type Static, type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { AnalyzerError } from '../../domain/analyzer-error.ts'
import {
  AFFECTED_AREAS,
  DEFECT_TYPES,
  ISHIKAWA_CATEGORIES,
  PRODUCTION_STAGES,
  SEVERITIES,
} from '../../domain/vocabulary.ts'

/*
 * Schemas of the model's answers. Strict mode requires every property, forbids others, and allows at most five levels. Range and
 * length keywords are unproven on Azure, so normalise.ts checks ranges. The model writes properties in this order, so the description,
 * where it puts the part into words, comes before the verdict.
 */

const object = <T extends Record<string, TSchema>>(properties: T) =>
  Type.Object(properties, { additionalProperties: false })
const oneOf = <T extends string>(codes: readonly T[]) => Type.Enum<T[]>([...codes], { type: 'string' })
const codesOf = <T extends string>(entries: readonly { readonly code: T }[]): T[] => entries.map(({ code }) => code)
const texts = Type.Array(Type.String())

/** Whether the photo can be judged, so that the model need not call a part good that it cannot see. */
const PHOTO = ['usable', 'unusable', 'other_product'] as const

export const DETECTION = object({
  description: Type.String(),
  photo: oneOf(PHOTO),
  findings: Type.Array(
    object({
      description: Type.String(),
      defect_type: oneOf(codesOf(DEFECT_TYPES)),
      affected_area: oneOf(AFFECTED_AREAS),
      box: Type.Union([
        Type.Array(Type.Integer(), { description: '[x_min, y_min, x_max, y_max] in pixels of the picture as sent' }),
        Type.Null(),
      ]),
      severity: oneOf(codesOf(SEVERITIES)),
      confidence: Type.Number({ description: 'Between 0 and 1' }),
    }),
  ),
  defect_detected: Type.Boolean(),
  confidence: Type.Number({ description: 'Of the verdict as a whole, between 0 and 1' }),
})

/** Five properties, because a strict schema cannot require a list of five. */
const FIVE_WHYS = object({
  why_1: Type.String(),
  why_2: Type.String(),
  why_3: Type.String(),
  why_4: Type.String(),
  why_5: Type.String(),
})

const ISHIKAWA = object(
  Object.fromEntries(ISHIKAWA_CATEGORIES.map((category) => [category, Type.String()])) as Record<
    (typeof ISHIKAWA_CATEGORIES)[number],
    ReturnType<typeof Type.String>
  >,
)

export const EXPLANATION = object({
  five_whys: FIVE_WHYS,
  root_cause: Type.String(),
  probable_stage: Type.Union([oneOf(codesOf(PRODUCTION_STAGES)), Type.Null()]),
  contributing_factors: texts,
  ishikawa_analysis: ISHIKAWA,
  corrective_actions: texts,
  preventive_actions: texts,
})

export type Detection = Static<typeof DETECTION>
export type Explanation = Static<typeof EXPLANATION>

/** A schema, its name for the API, and the validation of an answer. */
export interface AnswerFormat<T> {
  name: string
  schema: TSchema
  /** Throws AnalyzerError 'malformed' if the text is not JSON of the schema. */
  parse(text: string): T
}

function answerFormat<S extends TSchema>(name: string, schema: S): AnswerFormat<Static<S>> {
  const validator = Compile(schema)
  return {
    name,
    schema,
    parse(text) {
      let value: unknown
      try {
        value = JSON.parse(text)
      } catch {
        throw new AnalyzerError('malformed', `The model's ${name} is not JSON`)
      }
      if (validator.Check(value)) return value
      const [fault] = validator.Errors(value)
      throw new AnalyzerError('malformed', `The model's ${name} breaks its schema at ${fault?.instancePath || '/'}`)
    },
  }
}

export const DETECTION_FORMAT = answerFormat('wiko_detection', DETECTION)
export const EXPLANATION_FORMAT = answerFormat('wiko_explanation', EXPLANATION)

/** One property per name, so that no text can be lost or added. */
export const translationFormat = (names: readonly string[]): AnswerFormat<Record<string, string>> =>
  answerFormat('wiko_translation', object(Object.fromEntries(names.map((name) => [name, Type.String()]))))
