import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Semaphore } from '../semaphore.ts'
import { ProblemError } from './problem.ts'

/** An upload of usual size is done after that. */
const RETRY_AFTER_SECONDS = 2
/** Batches at a time: each may have 800 MB on disk, and a task of Fargate has 20 GB. */
const MAX_SPOOLED = 10
/** JSON is in memory as text, as the parsed text and as bytes. */
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
    /** The body goes to disk as it comes, so only the number of such requests is bounded. */
    spooled?: boolean
  }
}

/** What the body of a request may take in memory: as announced, or else the most that the route accepts. */
function memoryOf(request: FastifyRequest, maxImageBytes: number): number {
  const { 'content-length': length, 'transfer-encoding': coding, 'content-type': type = '' } = request.headers
  if (length === undefined && coding === undefined) return 0
  const isForm = type.startsWith('multipart/')
  const most = isForm ? maxImageBytes : (request.routeOptions.bodyLimit ?? 0)
  const bytes = length === undefined ? most : Math.min(Number(length), most)
  return isForm ? bytes : bytes * JSON_FACTOR
}

/** Memory for uploads, shared by all requests of this process; weights are bytes. */
export const uploadMemory = (bytes: number): Semaphore => new Semaphore({ capacity: bytes, overloaded: full })

/**
 * Admits as many uploads as memory holds; the others get a 503 before their body is read. A request holds its memory until its answer
 * is sent, as its picture is needed until then. Register after authentication: a refused caller takes nothing.
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
