import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ProblemError } from './problem.ts'

/** Gives back what was taken; more than once does no harm. */
export type Release = () => void

interface Waiting {
  bytes: number
  start(): void
}

/** Memory for uploads, shared by all requests of this process. */
export class UploadMemory {
  #free: number
  readonly #total: number
  readonly #waiting: Waiting[] = []

  constructor(bytes: number) {
    this.#total = bytes
    this.#free = bytes
  }

  /** Null where there is not enough left. What is larger than all there is counts as all. */
  tryTake(wanted: number): Release | null {
    const bytes = Math.min(wanted, this.#total)
    if (this.#waiting.length > 0 || bytes > this.#free) return null
    return this.#grant(bytes)
  }

  /** Waits for its turn, first come, first served. Throws the signal's reason when that ends it. */
  async take(wanted: number, signal: AbortSignal): Promise<Release> {
    signal.throwIfAborted()
    const bytes = Math.min(wanted, this.#total)
    const taken = this.tryTake(bytes)
    if (taken) return taken
    const { promise, resolve, reject } = Promise.withResolvers<Release>()
    const leave = (): void => {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
      reject(signal.reason)
      this.#advance()
    }
    const waiting: Waiting = {
      bytes,
      start: () => {
        signal.removeEventListener('abort', leave)
        resolve(this.#grant(bytes))
      },
    }
    signal.addEventListener('abort', leave)
    this.#waiting.push(waiting)
    return promise
  }

  #grant(bytes: number): Release {
    this.#free -= bytes
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#free += bytes
      this.#advance()
    }
  }

  #advance(): void {
    for (let next = this.#waiting[0]; next && next.bytes <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift()
      next.start()
    }
  }
}

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

/**
 * Lets in only as many uploads as memory holds; the others get a 503 before their body is read. What a request took it
 * has until its answer is sent, as its picture is needed until then. Register after authentication: who may not in takes nothing.
 */
export function registerAdmission(app: FastifyInstance, memory: UploadMemory, maxImageBytes: number): void {
  let spooled = 0
  app.addHook('preParsing', async (request, reply) => {
    if (request.is404) return
    if (request.routeOptions.config.spooled) {
      if (spooled >= MAX_SPOOLED) throw full()
      spooled++
      reply.raw.once('close', () => spooled--)
      return
    }
    const bytes = memoryOf(request, maxImageBytes)
    if (bytes === 0) return
    const release = memory.tryTake(bytes)
    if (!release) throw full()
    reply.raw.once('close', release)
  })
}
