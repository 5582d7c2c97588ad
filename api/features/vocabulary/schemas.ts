import { Type } from 'typebox'
import {
  AFFECTED_AREAS,
  DEFECT_TYPES,
  FACILITIES,
  ISHIKAWA_CATEGORIES,
  LANGUAGES,
  PRODUCTION_STAGES,
  REVIEW_REASONS,
  SEVERITIES,
  VERDICTS,
} from '../../domain/vocabulary.ts'

const codes = <const T extends readonly { code: string }[]>(entries: T) =>
  entries.map(({ code }) => code) as { -readonly [K in keyof T]: T[K]['code'] }

export const DefectTypeCode = Type.Enum(codes(DEFECT_TYPES))
export const SeverityCode = Type.Enum(codes(SEVERITIES))
export const StageCode = Type.Enum(codes(PRODUCTION_STAGES))
export const FacilityCode = Type.Enum(codes(FACILITIES))
export const AffectedAreaCode = Type.Enum([...AFFECTED_AREAS])
export const LanguageCode = Type.Enum([...LANGUAGES])
export const ReviewReasonCode = Type.Enum([...REVIEW_REASONS])
export const VerdictCodeSchema = Type.Enum([...VERDICTS])

export const IshikawaSchema = Type.Object(
  Object.fromEntries(ISHIKAWA_CATEGORIES.map((category) => [category, Type.String()])) as Record<
    (typeof ISHIKAWA_CATEGORIES)[number],
    ReturnType<typeof Type.String>
  >,
  { description: 'Possible causes in the six Ishikawa categories' },
)
