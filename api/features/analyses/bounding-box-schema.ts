import { Type } from 'typebox'

export const BoundingBoxSchema = Type.Object(
  { x: Type.Integer(), y: Type.Integer(), width: Type.Integer(), height: Type.Integer() },
  { description: 'Pixels of the upright image; x, y is the upper left corner' },
)
