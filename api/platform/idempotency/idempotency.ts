import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../database/database.ts'
import { badField, ProblemError } from '../http/problem.ts'
import { type Claim, claim, complete, release, startRenewal } from './claims.ts'

/** 1 to 255 printable ASCII characters. */
const KEY = /^[\x20-\x7e]{1,255}$/
/** Most analyses finish within this time. */
const RETRY_AFTER_SECONDS = 2

export interface Idempotency {
  /**
   * Runs `work`, or replays the answer of the same earlier request with the header Idempotency-Replayed. `work` gets an
   * id that is the same in every run of the request, to find what an earlier run created; it is undefined if the client
   * sent no Idempotency-Key. Errors are not stored, so the key can be used again.
   * Throws 400 for a malformed key, 409 while the first run lasts, and 422 if the key was used with another body.
   */
  run<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    fingerprint: () => string | Promise<string>,
    work: (requestRef: string | undefined) => Promise<T>,
  ): Promise<T>
}

function keyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw badField('Idempotency-Key', 'must be a header of 1 to 255 printable characters')
  }
  return key
}

/** @param renew updates a stored answer for the current request, because signed URLs in it have expired */
export function idempotency(db: Db, renew: (body: unknown, request: FastifyRequest) => unknown): Idempotency {
  async function finish<T>(request: FastifyRequest, reply: FastifyReply, held: Claim, work: () => Promise<T>) {
    const warn = (error: unknown) => request.log.warn({ err: error }, 'Could not write the idempotency key')
    const stop = startRenewal(db, held, warn)
    try {
      const answer = await work()
      await complete(db, held, reply.statusCode, answer)
      return answer
    } catch (error) {
      // If this fails as well, the lease expires.
      await release(db, held).catch(warn)
      throw error
    } finally {
      stop()
    }
  }

  return {
    async run<T>(
      request: FastifyRequest,
      reply: FastifyReply,
      fingerprint: () => string | Promise<string>,
      work: (requestRef: string | undefined) => Promise<T>,
    ): Promise<T> {
      const key = keyOf(request)
      if (key === null) return work(undefined)
      const route = request.routeOptions.url ?? ''
      const claimed = await claim(db, { caller: request.caller.id, route, key }, await fingerprint())
      switch (claimed.kind) {
        case 'claimed':
          return finish(request, reply, claimed.claim, () => work(claimed.claim.id))
        case 'answered':
          request.log.info('Replayed the answer of an idempotency key')
          reply.code(claimed.status).header('idempotency-replayed', 'true')
          // This route stored it, so it has the type of this route.
          return renew(claimed.body, request) as T
        case 'running':
          throw new ProblemError(
            409,
            'request-running',
            'The request with this Idempotency-Key is still running; try again',
            {
              headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
            },
          )
        case 'other-body':
          throw new ProblemError(
            422,
            'idempotency-key-reused',
            'This Idempotency-Key was used with another body; use a new key for each request',
          )
      }
    },
  }
}
