import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Product } from '../../config/config.ts'
import type { Db } from '../../database/database.ts'
import { badField, notFound } from '../../platform/http/problem.ts'
import { commonProblems, problems } from '../../platform/http/schemas.ts'
import { personOf } from '../reviews/person.ts'
import { dayIn } from '../shifts/clock.ts'
import type { ShiftSettings } from '../shifts/settings.ts'
import { unitsService } from './units.ts'
import { UnitsAnswer, UnitsChange, UnitsList, UnitsQuery } from './units-schemas.ts'

export interface UnitsDeps {
  db: Db
  products: readonly Product[]
  shifts: ShiftSettings
}

/** GET and PUT /inspected-units. */
export const unitsRoutes: FastifyPluginAsyncTypebox<UnitsDeps> = async (app, { db, products, shifts }) => {
  const service = unitsService(db)

  app.get(
    '/inspected-units',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listInspectedUnits',
        tags: ['reports'],
        summary: 'How many units were inspected, as people entered it: the newest days first',
        querystring: UnitsQuery,
        response: { 200: UnitsList, ...commonProblems },
      },
    },
    async ({ query: { limit = 200, ...filters } }) => ({ inspected_units: await service.list(filters, limit) }),
  )

  app.put(
    '/inspected-units',
    {
      config: { access: 'analyse' },
      schema: {
        operationId: 'setInspectedUnits',
        tags: ['reports'],
        summary: 'Enter, correct or remove how many units were inspected',
        description:
          'One number for each facility, day, shift, line and product; sent again, it replaces the one before. A number for all shifts or all lines and one for a single of them would count the same units twice: the second is a 409.',
        body: UnitsChange,
        response: { 200: UnitsAnswer, ...commonProblems, ...problems(404, 409) },
      },
    },
    async (request) => {
      const { body, caller } = request
      const known = products.map(({ code }) => code)
      const productSku = body.product_sku.trim().toUpperCase()
      const place = {
        facility: body.facility,
        day: body.day,
        shift: (body.shift ?? '').trim(),
        lineId: (body.line_id ?? '').trim(),
        productSku,
      }
      const person = personOf(caller, body.person)
      if (body.units === null) {
        if (!(await service.remove(place))) throw notFound('There is no such number to remove')
        request.log.info(place, 'inspected units removed')
        return { inspected_units: null }
      }
      // One of a product that has left the list can still be taken away.
      if (!known.includes(productSku)) {
        throw badField('product_sku', `is not a known product; known are ${known.join(', ')}`)
      }
      const schedule = (await shifts.schedules()).of(body.facility)
      const today = dayIn(new Date(), schedule.timeZone)
      if (body.day > today) throw badField('day', `must not be in the future: at ${body.facility} it is ${today}`)
      if (body.day < '2000-01-01') throw badField('day', 'must not be before 2000-01-01')
      const names = schedule.timesOf(body.day).map(({ name }) => name)
      if (place.shift && !names.includes(place.shift)) {
        throw badField('shift', `is none of ${body.facility} on ${body.day}; there are ${names.join(', ')}`)
      }
      const entered = await service.set(place, body.units, { person, caller: caller.id })
      request.log.info({ ...place, units: body.units }, 'inspected units set')
      return { inspected_units: entered }
    },
  )
}
