import type { DefectType } from '../../api/types.ts'
import { defectTypes } from '../../components/codes.ts'

/** The types that a digit chooses: the first nine of the vocabulary. */
export const typeKeys = defectTypes.slice(0, 9).map((type, index) => ({ type, digit: String(index + 1) }))

export const digitOf = (type: DefectType): string | null => typeKeys.find((each) => each.type === type)?.digit ?? null
