import { type Static, Type } from 'typebox'
import { Nullable } from '../../platform/http/schemas.ts'
import { Person } from '../reviews/schemas.ts'
import { FacilityCode } from '../vocabulary/schemas.ts'

const Day = (description: string) => Type.String({ format: 'date', description })
const TimeOfDay = (description: string) =>
  Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description: `${description}, such as 20:00` })

const Shift = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 40 }),
    start: TimeOfDay("On the facility's clock"),
    end: TimeOfDay('At or before start: on the next day'),
  },
  { additionalProperties: false },
)
export type ShiftBody = Static<typeof Shift>

const Run = Type.Object({
  day: Day('On which it began: the night of 27 November ends on the 28th'),
  shift: Type.String(),
  from: Type.String({ format: 'date-time' }),
  to: Type.String({ format: 'date-time', description: 'Exclusive' }),
})

export const ShiftHours = Type.Object({
  facilities: Type.Array(
    Type.Object({
      facility: FacilityCode,
      time_zone: Type.String({ description: 'IANA name' }),
      today: Day('The day whose shifts are running: before the end of the night shift, the day before'),
      shifts: Type.Array(Shift, { description: 'In force today' }),
      last_finished: Nullable(Run, { description: 'The shift that has ended last' }),
      hours: Type.Array(
        Type.Object({
          from_day: Nullable(Day('The shifts that begin on this day and later, until the next from_day'), {
            description: 'Null: the default hours, which count before all others',
          }),
          shifts: Type.Array(Shift),
          person: Nullable(Type.String(), { description: 'Who set them' }),
          updated_at: Nullable(Type.String({ format: 'date-time' })),
        }),
        { description: 'The latest first; the last one is the default' },
      ),
    }),
  ),
})
export type ShiftHoursBody = Static<typeof ShiftHours>

export const MAX_SHIFTS = 8

export const ShiftHoursChange = Type.Object(
  {
    facility: FacilityCode,
    from_day: Type.Optional(
      Day("Left out: the facility's today. In the past, stored results are counted by the new hours, too"),
    ),
    shifts: Type.Array(Shift, {
      minItems: 1,
      maxItems: MAX_SHIFTS,
      description: 'All shifts of a day; none may overlap',
    }),
    person: Type.Optional(Person),
  },
  { additionalProperties: false },
)
