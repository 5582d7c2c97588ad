import { type Static, Type } from 'typebox'
import { Person } from '../reviews/schemas.ts'
import { FacilityCode } from '../vocabulary/schemas.ts'

export const MAX_UNITS = 10_000_000

const Day = (description: string) => Type.String({ format: 'date', description })
const part = (description: string) => Type.String({ maxLength: 100, description })

export const Units = Type.Object({
  facility: FacilityCode,
  day: Day("Of the facility's time zone; of a shift over midnight, the day on which it began"),
  shift: part('Empty: all shifts that began on the day'),
  line_id: part('Empty: all lines'),
  product_sku: Type.String(),
  units: Type.Integer(),
  person: Type.String({ description: 'Who entered it last' }),
  updated_at: Type.String({ format: 'date-time' }),
})
export type UnitsBody = Static<typeof Units>

export const UnitsQuery = Type.Object({
  facility: Type.Optional(FacilityCode),
  from: Type.Optional(Day('First day')),
  to: Type.Optional(Day('Last day')),
  product_sku: Type.Optional(Type.String({ maxLength: 50 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200 })),
})

export const UnitsList = Type.Object({ inspected_units: Type.Array(Units) })

export const UnitsChange = Type.Object(
  {
    facility: FacilityCode,
    day: Day("Of the facility's time zone, not in the future; of a shift over midnight, the day on which it began"),
    shift: Type.Optional(part('A shift of the day (GET /shifts); left out or empty: all shifts that began on it')),
    line_id: Type.Optional(part('Left out or empty: all lines')),
    product_sku: Type.String({ minLength: 1, maxLength: 50 }),
    units: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      minimum: 0,
      maximum: MAX_UNITS,
      description: 'How many were inspected; null removes the number',
    }),
    person: Type.Optional(Person),
  },
  { additionalProperties: false },
)

export const UnitsAnswer = Type.Object({
  inspected_units: Type.Unsafe<UnitsBody | null>({
    anyOf: [Units, { type: 'null' }],
    description: 'As it stands now; null: removed',
  }),
})
