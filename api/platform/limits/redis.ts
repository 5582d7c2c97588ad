import { setTimeout as sleep } from 'node:timers/promises'
import { Redis, type RedisOptions } from 'ioredis'

/** Timeout of an answer. A call asks at most twice, so a slow Redis adds less than half a second. */
const ANSWER_TIMEOUT_MS = 200
/** Timeout of a step of the sign-in, which delays no request. */
const COMMAND_TIMEOUT_MS = 1_000
const CONNECT_TIMEOUT_MS = 1_000
/** After a failure, calls skip Redis for this long. Then one call probes it while the others still skip it. */
const PAUSE_MS = 1_000
/** Delay between connection attempts. */
const RETRY_MS = { first: 50, most: 1_000 }
/** ElastiCache closes a connection 12 hours after its last sign-in. */
const SIGN_IN_INTERVAL_MS = 6 * 3_600_000

export interface RedisLog {
  info(message: string): void
  warn(detail: object, message: string): void
}

export interface RedisSettings {
  /** redis://, or rediss:// for TLS with a verified server. The user may have no password. */
  url: string
  /** Called for every connection; replaces the password in the URL. */
  password?: () => Promise<string>
  log: RedisLog
  /** Milliseconds until a connection signs in again with a new password, if `password` is given. */
  signInIntervalMs?: number
}

/** A Redis that may be unavailable: every call soon gets an answer or null. */
export interface SharedRedis {
  /** Null: Redis does not answer. Nothing is queued, retried or resent. */
  ask<T>(command: (client: Redis) => Promise<T>): Promise<T | null>
  /** Resolves once the first connection attempt has succeeded or failed, after a second at most. */
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
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // Otherwise the client would wait forever for a server that hangs and keeps its connections open.
    socketTimeout: 2_000,
    disconnectTimeout: 500,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // Each connection is a new client, because the password may have changed.
    retryStrategy: null,
    // After a failover the name resolves to the new primary, while the old server stays connected and rejects writes.
    reconnectOnError: ({ message }) => /\b(READONLY|LOADING|MASTERDOWN)\b/.test(message),
  }
}

/**
 * The answer, if it arrives in time. If this process was too busy to read it, it may be there when the timer fires, so
 * pending I/O is handled before giving up.
 */
async function withTimeout<T>(answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const giveUp = () => late.reject(new Error(`no answer within ${ANSWER_TIMEOUT_MS} ms`))
  const timer = setTimeout(() => setImmediate(giveUp), ANSWER_TIMEOUT_MS)
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * Connects to Redis and stays connected. Reconnects, with a new password if there is a function for it, when the
 * connection is lost or the server becomes a replica. Never throws. An outage logs one warning, and its end one
 * message.
 */
export function openRedis(settings: RedisSettings): SharedRedis {
  const { password, log, signInIntervalMs = SIGN_IN_INTERVAL_MS } = settings
  const settled = Promise.withResolvers<void>()
  const closing = new AbortController()
  let client: Redis | null = null
  let unavailable = false
  let pausedUntil = 0

  // Log only the message: ioredis keeps the arguments of a failed command in the error, and those of HELLO contain the
  // password.
  function markUnavailable(reason: string): void {
    if (unavailable || closing.signal.aborted) return
    unavailable = true
    log.warn({ reason }, 'Redis unavailable: limits are counted in this process until it answers')
  }
  function markAvailable(): void {
    pausedUntil = 0
    if (!unavailable) return
    unavailable = false
    log.info('Redis available again: limits are shared')
  }

  function renewSignIn(connection: Redis): NodeJS.Timeout {
    const timer = setInterval(async () => {
      try {
        const secret = await (password as () => Promise<string>)()
        await connection.auth(connection.options.username ?? 'default', secret)
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'Redis sign-in not renewed, reconnecting')
        connection.disconnect()
      }
    }, signInIntervalMs)
    return timer.unref()
  }

  /** One connection, from start to end. */
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
    markAvailable()
    settled.resolve()
    const timer = password ? renewSignIn(own) : undefined
    await ended
    clearInterval(timer)
    markUnavailable(reason)
    return 'was ready'
  }

  async function stayConnected(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; failures++) {
      const end = await connection().catch((error) => markUnavailable(reasonOf(error)))
      settled.resolve()
      if (end === 'was ready') failures = 0
      const delay = Math.min(RETRY_MS.first * 2 ** failures, RETRY_MS.most)
      await sleep(delay * (0.5 + Math.random() / 2), undefined, { signal: closing.signal }).catch(() => undefined)
    }
  }

  setTimeout(settled.resolve, CONNECT_TIMEOUT_MS).unref()
  void stayConnected()

  return {
    settled: settled.promise,
    async ask(command) {
      const now = Date.now()
      if (client?.status !== 'ready' || now < pausedUntil) return null
      if (unavailable) pausedUntil = now + PAUSE_MS
      try {
        const answer = await withTimeout(command(client))
        markAvailable()
        return answer
      } catch (error) {
        pausedUntil = Date.now() + PAUSE_MS
        markUnavailable(reasonOf(error))
        return null
      }
    },
    close() {
      closing.abort()
      client?.disconnect()
    },
  }
}
