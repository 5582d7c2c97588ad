import { Type } from 'typebox'

export const IdempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'For 24 hours, the same key and body return the same final answer and take effect only once',
    }),
  ),
})
