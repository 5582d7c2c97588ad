import type { FastifyInstance } from 'fastify'

/** Trims and lower-cases `facility` in queries and JSON bodies, as is done for the fields of a photo. */
export function foldFacility(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ query, body }) => {
    for (const part of [query, body]) {
      if (part === null || typeof part !== 'object' || !('facility' in part)) continue
      if (typeof part.facility === 'string') part.facility = part.facility.trim().toLowerCase()
    }
  })
}
