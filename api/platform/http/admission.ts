import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Semaphore } from '../semaphore.ts'
import { ProblemError } from './problem.ts'

/** A typical upload finishes within this time. */
const RETRY_AFTER_SECONDS = 2
/** Concurrent batches: each may spool 800 MB to disk, and a Fargate task has 20 GB. */
const MAX_SPOOLED = 10
/** A JSON body is held as bytes, as text and as the parsed text. */
const JSON_FACTOR = 3

const full = (): ProblemError =>
  new ProblemError(
    503,
    'uploads-overloaded',
    `Too many uploads at once. Try again in ${RETRY_AFTER_SECONDS} seconds.`,
    {
      headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
    },
  )

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is streamed to disk, so only the number of such requests is limited. */
    spooled?: boolean
  }
}

/** Memory that the body may take: its announced size, or else the most that the route accepts. */
function memoryOf(request: FastifyRequest, maxImageBytes: number): number {
  const { 'content-length': length, 'transfer-encoding': coding, 'content-type': type = '' } = request.headers
  if (length === undefined && coding === undefined) return 0
  const isForm = type.startsWith('multipart/')
  const most = isForm ? maxImageBytes : (request.routeOptions.bodyLimit ?? 0)
  const bytes = length === undefined ? most : Math.min(Number(length), most)
  return isForm ? bytes : bytes * JSON_FACTOR
}

/** Upload memory shared by all requests of this process; weights are bytes. */
export const uploadMemory = (bytes: number): Semaphore => new Semaphore({ capacity: bytes, overloaded: full })

/**
 * Admits as many uploads as memory allows; the others get a 503 before their body is read. A request holds its share
 * until the response is sent, because the picture is needed until then. Register after authentication, so that rejected
 * callers take no memory.
 */
export function registerAdmission(app: FastifyInstance, memory: Semaphore, maxImageBytes: number): void {
  const spooled = new Semaphore({ capacity: MAX_SPOOLED, overloaded: full })
  app.addHook('preParsing', async (request, reply) => {
    if (request.is404) return
    const isSpooled = request.routeOptions.config.spooled === true
    const weight = isSpooled ? 1 : memoryOf(request, maxImageBytes)
    if (weight === 0) return
    const permit = (isSpooled ? spooled : memory).tryAcquire(weight)
    if (!permit) throw full()
    reply.raw.once('close', () => permit[Symbol.dispose]())
  })
}
