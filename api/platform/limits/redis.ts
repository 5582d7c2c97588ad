import { setTimeout as sleep } from 'node:timers/promises'
import { Redis, type RedisOptions } from 'ioredis'

/** Time for one answer. A call asks at most twice, so that a slow Redis adds less than half a second. */
const ANSWER_MS = 200
/** Time for one step of a sign-in, for which nobody waits. */
const COMMAND_MS = 1_000
const CONNECT_MS = 1_000
/** After a failure nobody asks for this long; then one call does, and the rest go on without until it has its answer. */
const PAUSE_MS = 1_000
/** Between two attempts to connect. */
const RETRY_MS = { first: 50, most: 1_000 }
/** ElastiCache ends a connection 12 hours after its last sign-in. */
const SIGN_IN_AGAIN_MS = 6 * 3_600_000

export interface RedisLog {
  info(message: string): void
  warn(detail: object, message: string): void
}

export interface RedisSettings {
  /** redis:// or rediss://, which is TLS with the server's certificate verified. The user may be without a password. */
  url: string
  /** Asked for at every connect, in place of the password in the URL. */
  password?: () => Promise<string>
  log: RedisLog
  /** Milliseconds after which a connection signs in again with a new password, where `password` is given. */
  signInAgainMs?: number
}

/** A Redis that may be away: whoever asks gets an answer soon, or null. */
export interface SharedRedis {
  /** Null: Redis does not answer now. Nothing is queued, retried or sent again. */
  ask<T>(command: (client: Redis) => Promise<T>): Promise<T | null>
  /** Resolves once the first attempt to connect has succeeded or failed, after a second at most. */
  settled: Promise<void>
  close(): void
}

function optionsOf({ url }: RedisSettings): RedisOptions {
  const { protocol, hostname, port, username, password, pathname } = new URL(url)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 6379),
    db: Number(pathname.slice(1) || 0),
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...(protocol === 'rediss:' ? { tls: { rejectUnauthorized: true } } : {}),
    commandTimeout: COMMAND_MS,
    connectTimeout: CONNECT_MS,
    // A server that hangs keeps its connections open: without this the client would wait for it for ever.
    socketTimeout: 2_000,
    disconnectTimeout: 500,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // Each connection is a client of its own, as the password may be another one.
    retryStrategy: null,
    // After a failover the name leads to the new primary, while the old one stays connected and refuses to write.
    reconnectOnError: ({ message }) => /\b(READONLY|LOADING|MASTERDOWN)\b/.test(message),
  }
}

/**
 * The answer, if it comes in time. Where this process was too busy to look, the answer may be there already when the
 * timer ends: it is looked at before giving up.
 */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const giveUp = () => late.reject(new Error(`no answer within ${ANSWER_MS} ms`))
  const timer = setTimeout(() => setImmediate(giveUp), ANSWER_MS)
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * Connects to Redis and stays connected: a connection that is lost, or whose server became a replica, is made anew,
 * with a new password where there is a function for it. Never throws; an outage is one warning in the log, its end one
 * line more.
 */
export function openRedis(settings: RedisSettings): SharedRedis {
  const { password, log, signInAgainMs = SIGN_IN_AGAIN_MS } = settings
  const settled = Promise.withResolvers<void>()
  const closing = new AbortController()
  let client: Redis | null = null
  let away = false
  let pausedUntil = 0

  // Only the message: ioredis keeps the arguments of a failed command in the error, and those of HELLO hold the password.
  function lost(reason: string): void {
    if (away || closing.signal.aborted) return
    away = true
    log.warn({ reason }, 'Redis does not answer: limits are counted in this process until it does')
  }
  function found(): void {
    pausedUntil = 0
    if (!away) return
    away = false
    log.info('Redis answers again: limits are shared')
  }

  function signInAgain(connection: Redis): NodeJS.Timeout {
    const timer = setInterval(async () => {
      try {
        const secret = await (password as () => Promise<string>)()
        await connection.auth(connection.options.username ?? 'default', secret)
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'Redis refused to prolong the connection: connecting anew')
        connection.disconnect()
      }
    }, signInAgainMs)
    return timer.unref()
  }

  /** One connection, from its beginning to its end. */
  async function connection(): Promise<'was ready' | 'failed'> {
    const secret = password ? { password: await password() } : {}
    if (closing.signal.aborted) return 'failed'
    const own = new Redis({ ...optionsOf(settings), ...secret, lazyConnect: true })
    let reason = 'the connection was closed'
    own.on('error', (error) => {
      reason = reasonOf(error)
    })
    const ended = new Promise<void>((resolve) => own.once('end', resolve))
    client = own
    try {
      await own.connect()
    } catch (error) {
      own.disconnect()
      throw new Error(reason, { cause: error })
    }
    found()
    settled.resolve()
    const timer = password ? signInAgain(own) : undefined
    await ended
    clearInterval(timer)
    lost(reason)
    return 'was ready'
  }

  async function stayConnected(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; failures++) {
      const end = await connection().catch((error) => lost(reasonOf(error)))
      settled.resolve()
      if (end === 'was ready') failures = 0
      const delay = Math.min(RETRY_MS.first * 2 ** failures, RETRY_MS.most)
      await sleep(delay * (0.5 + Math.random() / 2), undefined, { signal: closing.signal }).catch(() => undefined)
    }
  }

  setTimeout(settled.resolve, CONNECT_MS).unref()
  void stayConnected()

  return {
    settled: settled.promise,
    async ask(command) {
      const now = Date.now()
      if (client?.status !== 'ready' || now < pausedUntil) return null
      if (away) pausedUntil = now + PAUSE_MS
      try {
        const answer = await inTime(command(client))
        found()
        return answer
      } catch (error) {
        pausedUntil = Date.now() + PAUSE_MS
        lost(reasonOf(error))
        return null
      }
    },
    close() {
      closing.abort()
      client?.disconnect()
    },
  }
}
