import type { DefectType, Severity } from '../../api/types.ts'
import { defectTypes, severities } from '../../components/codes.ts'

/** R corrects: it is left out of the row of letters. */
const TYPE_KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'q', 'w', 'e', 't']
const SEVERITY_KEYS = ['z', 'x', 'c', 'v']

/** The key that chooses each type and each severity, in the order of the vocabulary. */
export const typeKeys = defectTypes.map((type, index) => ({ type, key: TYPE_KEYS[index] ?? '' }))
export const severityKeys = severities.map((severity, index) => ({ severity, key: SEVERITY_KEYS[index] ?? '' }))

export const keyOfType = (type: DefectType): string => typeKeys.find((each) => each.type === type)?.key ?? ''
export const keyOfSeverity = (severity: Severity): string =>
  severityKeys.find((each) => each.severity === severity)?.key ?? ''
