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

/** Rows per statement. A full batch is written before the next flush. */
const BATCH = 200
const FLUSH_MS = 1_000
/** About 5 MB or a few seconds of full load. While the database is down, further rows are dropped. */
const MAX_ROWS = 10_000
/** How long a shutdown waits for a database that does not answer. */
const CLOSE_MS = 8_000
const RETRY_MS = 500

/** Whether PostgreSQL will never accept the row (SQLSTATE classes 22 and 23), for example because its key was deleted by hand. */
const isUnwritable = (error: unknown): boolean => /^2[23]/.test(sqlStateOf(error) ?? '')

/** The database's message. The wrapping error would quote the rows. */
const reasonOf = (error: unknown): string => {
  const { cause = error } = error instanceof Error ? error : {}
  return cause instanceof Error ? cause.message : String(cause)
}

/**
 * Writes audit log rows in batches, asynchronously to the requests. While the database is down, rows are buffered up to a limit;
 * further rows are dropped, counted and logged. `due` returns aggregated rows, with `all` including unfinished ones.
 */
export function auditWriter(db: Db, log: AuditLogger, due: (all: boolean) => AuditRow[] = () => []) {
  const rows: AuditRow[] = []
  let dropped = 0
  let flushing: Promise<void> | null = null

  function add(row: AuditRow): void {
    // Set the id here, so that a batch can be retried safely if its acknowledgement is lost.
    if (rows.length < MAX_ROWS) rows.push({ id: randomUUID(), ...row })
    else dropped++
  }
  const insert = (batch: AuditRow[]) => db.insert(auditLog).values(batch).onConflictDoNothing()

  async function insertOneByOne(batch: AuditRow[]): Promise<void> {
    for (const row of batch) {
      try {
        await insert([row])
      } catch (error) {
        if (!isUnwritable(error)) throw error
        log.error({ reason: reasonOf(error), request_id: row.requestId }, 'Audit log row rejected by the database')
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
          if (!isUnwritable(error)) throw error
          await insertOneByOne(batch)
        }
        rows.splice(0, batch.length)
      }
    } catch (error) {
      log.warn({ waiting: rows.length, reason: reasonOf(error) }, 'Audit log write failed, retrying')
    }
    if (dropped > 0) log.error({ dropped }, 'Audit log rows dropped: buffer full while the database was down')
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
    /** Writes the remaining rows, retrying for 8 s. Call after the last request and before the database is closed. */
    async close(): Promise<void> {
      clearInterval(timer)
      for (const row of due(true)) add(row)
      const end = performance.now() + CLOSE_MS
      for (let left = CLOSE_MS; left > 0; left = end - performance.now()) {
        await Promise.race([flush(), sleep(left, undefined, { ref: false })])
        if (rows.length === 0) return
        await sleep(Math.min(RETRY_MS, left))
      }
      log.error({ lost: rows.length }, 'Audit log rows lost: not written before shutdown')
    },
  }
}
