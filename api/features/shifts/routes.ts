import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { FACILITIES, type Facility } from '../../domain/vocabulary.ts'
import { badField } from '../../platform/http/problem.ts'
import { commonProblems } from '../../platform/http/schemas.ts'
import { personOf } from '../reviews/person.ts'
import { checkedShifts, toBody } from './check.ts'
import { plusDays } from './clock.ts'
import { DEFAULT_SHIFTS, type Schedule } from './schedule.ts'
import { ShiftHours, type ShiftHoursBody, ShiftHoursChange } from './schemas.ts'
import type { SetHours, ShiftSettings } from './settings.ts'

const EARLIEST = '2000-01-01'
const MAX_DAYS_AHEAD = 366

function shown(facility: Facility, schedule: Schedule, set: readonly SetHours[]): ShiftHoursBody['facilities'][number] {
  const now = new Date()
  const today = schedule.dayOf(now)
  const last = schedule.lastFinished(now)
  return {
    facility,
    time_zone: schedule.timeZone,
    today,
    shifts: schedule.timesOf(today).map(toBody),
    last_finished: last
      ? {
          day: last.day,
          shift: last.name,
          from: last.from.toISOString(),
          to: last.to.toISOString(),
        }
      : null,
    hours: [
      ...set.map(({ fromDay, shifts, person, updatedAt }) => ({
        from_day: fromDay,
        shifts: shifts.map(toBody),
        person,
        updated_at: updatedAt.toISOString(),
      })),
      { from_day: null, shifts: DEFAULT_SHIFTS.map(toBody), person: null, updated_at: null },
    ],
  }
}

/** GET and PUT /shifts: the shift hours of each facility. */
export const shiftRoutes: FastifyPluginAsyncTypebox<{ settings: ShiftSettings }> = async (app, { settings }) => {
  async function all(): Promise<ShiftHoursBody> {
    const [schedules, set] = [await settings.schedules(), await settings.list()]
    return { facilities: FACILITIES.map(({ code }) => shown(code, schedules.of(code), set.get(code) ?? [])) }
  }

  app.get(
    '/shifts',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listShifts',
        tags: ['reports'],
        summary: 'Shift hours of each facility, and the shift that ended last',
        response: { 200: ShiftHours, ...commonProblems },
      },
    },
    all,
  )

  app.put(
    '/shifts',
    {
      config: { access: 'admin' },
      schema: {
        operationId: 'setShifts',
        tags: ['reports'],
        summary: 'Set the shift hours of a facility from a given day on',
        description:
          'Replaces the hours set for that day and later; shifts that began earlier keep their hours. Shifts need not cover the whole day. Takes effect at once in the task that answers, and within 30 s in the others.',
        body: ShiftHoursChange,
        response: { 200: ShiftHours, ...commonProblems },
      },
    },
    async (request) => {
      const { body, caller } = request
      const { facility } = body
      const shifts = checkedShifts(body.shifts)
      const today = (await settings.schedules()).of(facility).dayOf(new Date())
      const fromDay = body.from_day ?? today
      if (fromDay < EARLIEST) throw badField('from_day', `must not be before ${EARLIEST}`)
      const last = plusDays(today, MAX_DAYS_AHEAD)
      if (fromDay > last) throw badField('from_day', `must not be after ${last}, a year from now`)
      await settings.set(facility, fromDay, shifts, { person: personOf(caller, body.person), caller: caller.id })
      request.log.info({ facility, from_day: fromDay, shifts: shifts.map(toBody) }, 'Shift hours set')
      return all()
    },
  )
}
