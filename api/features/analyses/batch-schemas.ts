import { Type } from 'typebox'
import { refTo } from '../../platform/http/schemas.ts'
import { ShiftReport } from '../reports/schemas.ts'
import { Analysis } from './schemas.ts'

export const BatchAnswer = Type.Object({
  success: Type.Literal(true),
  count: Type.Integer({ description: 'Analyses that succeeded' }),
  analyses: Type.Array(refTo(Analysis)),
  failures: Type.Array(
    Type.Object({
      index: Type.Integer({ description: 'Place among the files as sent, from 0' }),
      filename: Type.String(),
      error: Type.String(),
    }),
  ),
  summary: refTo(ShiftReport),
})
