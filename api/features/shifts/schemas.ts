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
    start: TimeOfDay('Local time of the facility'),
    end: TimeOfDay('Local time; on the next day if at or before start'),
  },
  { additionalProperties: false },
)
export type ShiftBody = Static<typeof Shift>

const Run = Type.Object({
  day: Day('Day on which it began: the night shift of 27 November ends on the 28th'),
  shift: Type.String(),
  from: Type.String({ format: 'date-time' }),
  to: Type.String({ format: 'date-time', description: 'Exclusive' }),
})

export const ShiftHours = Type.Object({
  facilities: Type.Array(
    Type.Object({
      facility: FacilityCode,
      time_zone: Type.String({ description: 'IANA name' }),
      today: Day('Day of the current shift: until the night shift ends, this is the previous date'),
      shifts: Type.Array(Shift, { description: 'Shifts in force today' }),
      last_finished: Nullable(Run, { description: 'The shift that ended last' }),
      hours: Type.Array(
        Type.Object({
          from_day: Nullable(Day('The hours apply to shifts that begin from this day on, until the next from_day'), {
            description: 'Null: the default hours, which apply before all others',
          }),
          shifts: Type.Array(Shift),
          person: Nullable(Type.String(), { description: 'Who set the hours' }),
          updated_at: Nullable(Type.String({ format: 'date-time' })),
        }),
        { description: 'Latest first; the last entry has the default hours' },
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
      Day("Default: the facility's current day. With a day in the past, the new hours also apply to stored results"),
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
