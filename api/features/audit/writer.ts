import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { auditLog } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import { sqlStateOf } from '../../database/unavailable.ts'

export type AuditRow = typeof auditLog.$inferInsert

export interface AuditLogger {
  warn(detail: object, message: string): void
  error(detail: object, message: string): void
}

/** Rows of one statement, and how many make it run before the second is over. */
const BATCH = 200
const FLUSH_MS = 1_000
/** About 5 MB, a few seconds of full load; beyond it, with the database away, calls are no longer written down. */
const MAX_ROWS = 10_000
/** A shutdown waits this long for a database that does not answer. */
const CLOSE_MS = 8_000
const RETRY_MS = 500

/** A row that PostgreSQL will never take (classes 22 and 23: data, integrity), as the key it names was deleted by hand. */
const isRefused = (error: unknown): boolean => /^2[23]/.test(sqlStateOf(error) ?? '')

/** The database's own words; the error around them quotes the rows. */
const reasonOf = (error: unknown): string => {
  const { cause = error } = error instanceof Error ? error : {}
  return cause instanceof Error ? cause.message : String(cause)
}

/**
 * Writes rows of the audit log in batches, behind the answers. While the database is away rows are kept, up to a bound; what is
 * beyond it is counted and logged. `due` gives rows that were held back; `all` means that none may stay.
 */
export function auditWriter(db: Db, log: AuditLogger, due: (all: boolean) => AuditRow[] = () => []) {
  const rows: AuditRow[] = []
  let dropped = 0
  let flushing: Promise<void> | null = null

  function add(row: AuditRow): void {
    // The id is ours, so that a batch whose answer was lost can be sent again.
    if (rows.length < MAX_ROWS) rows.push({ id: randomUUID(), ...row })
    else dropped++
  }
  const insert = (batch: AuditRow[]) => db.insert(auditLog).values(batch).onConflictDoNothing()

  async function insertOneByOne(batch: AuditRow[]): Promise<void> {
    for (const row of batch) {
      try {
        await insert([row])
      } catch (error) {
        if (!isRefused(error)) throw error
        log.error({ reason: reasonOf(error), request_id: row.requestId }, 'a row of the audit log was refused')
      }
    }
  }

  async function writeAll(): Promise<void> {
    try {
      while (rows.length > 0) {
        const batch = rows.slice(0, BATCH)
        try {
          await insert(batch)
        } catch (error) {
          if (!isRefused(error)) throw error
          await insertOneByOne(batch)
        }
        rows.splice(0, batch.length)
      }
    } catch (error) {
      log.warn({ waiting: rows.length, reason: reasonOf(error) }, 'the audit log cannot be written now')
    }
    if (dropped > 0) log.error({ dropped }, 'calls are missing in the audit log: it could not be written for too long')
    dropped = 0
  }
  const flush = (): Promise<void> => {
    flushing ??= writeAll().finally(() => {
      flushing = null
    })
    return flushing
  }

  const timer = setInterval(() => {
    for (const row of due(false)) add(row)
    void flush()
  }, FLUSH_MS).unref()

  return {
    add(row: AuditRow): void {
      add(row)
      if (rows.length >= BATCH) void flush()
    },
    /** Writes what is left, trying for 8 s. Call when no request runs any more, before the database is closed. */
    async close(): Promise<void> {
      clearInterval(timer)
      for (const row of due(true)) add(row)
      const end = performance.now() + CLOSE_MS
      for (let left = CLOSE_MS; left > 0; left = end - performance.now()) {
        await Promise.race([flush(), sleep(left, undefined, { ref: false })])
        if (rows.length === 0) return
        await sleep(Math.min(RETRY_MS, left))
      }
      log.error({ lost: rows.length }, 'the audit log could not be written before the end')
    },
  }
}
