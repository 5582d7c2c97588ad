import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../database/database.ts'
import { badField, ProblemError } from '../http/problem.ts'
import { type Claim, claim, complete, release, renewing } from './claims.ts'

/** 1 to 255 printable characters of ASCII. */
const KEY = /^[\x20-\x7e]{1,255}$/
/** An analysis is mostly done after that. */
const RETRY_AFTER_SECONDS = 2

export interface Idempotency {
  /**
   * Runs `work`, or answers what it answered when the same request ran before (then with the header Idempotency-Replayed).
   * `work` gets an id that is the same in every run of the request, to find what an earlier one made; undefined where the client
   * sent no Idempotency-Key. What it throws is not kept: the key may be used again.
   * Throws 400 for a malformed key, 409 while the first run lasts, 422 where the key was used with another body.
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

/** @param renew makes of a stored answer what the caller gets now: signed URLs in it have expired */
export function idempotency(db: Db, renew: (body: unknown, request: FastifyRequest) => unknown): Idempotency {
  async function finish<T>(request: FastifyRequest, reply: FastifyReply, held: Claim, work: () => Promise<T>) {
    const warn = (error: unknown) => request.log.warn({ err: error }, 'the idempotency key could not be written')
    const stop = renewing(db, held, warn)
    try {
      const answer = await work()
      await complete(db, held, reply.statusCode, answer)
      return answer
    } catch (error) {
      // Where this fails as well, the lease ends it.
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
          request.log.info('answered again by its idempotency key')
          reply.code(claimed.status).header('idempotency-replayed', 'true')
          // Stored as it was answered, by this route.
          return renew(claimed.body, request) as T
        case 'running':
          throw new ProblemError(
            409,
            'request-running',
            'The request with this Idempotency-Key still runs; ask again',
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
