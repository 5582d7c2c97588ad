import { Type } from 'typebox'

export const IdempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'The same key with the same body has the same final answer for 24 hours, and one effect',
    }),
  ),
})
