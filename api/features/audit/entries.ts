import { and, desc, eq, getTableColumns, gte, lt, type SQL, sql } from 'drizzle-orm'
import { apiKeys, auditLog } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import type { Cursor } from '../../platform/http/cursor.ts'
import type { AuditEntryBody, AuditFiltersQuery } from './schemas.ts'

/** Rows per query of an export. */
const PAGE = 500

const READS = sql`${auditLog.method} in ('GET', 'HEAD')`
const BY_ACTION: Record<NonNullable<AuditFiltersQuery['action']>, SQL> = {
  read: READS,
  // Summed refused calls have no method and changed nothing.
  change: sql`not ${READS}`,
}
const BY_OUTCOME: Record<NonNullable<AuditFiltersQuery['outcome']>, SQL> = {
  success: sql`${auditLog.responseCode} < 400`,
  refused: sql`${auditLog.responseCode} between 400 and 499`,
  failed: sql`${auditLog.responseCode} >= 500`,
}

const contains = (column: typeof auditLog.person | typeof auditLog.endpoint, part: string): SQL =>
  sql`position(lower(${part.trim()}) in lower(${column})) > 0`

function conditions({ from, to, actor, person, action, endpoint, outcome }: AuditFiltersQuery): (SQL | undefined)[] {
  return [
    from ? gte(auditLog.timestamp, new Date(from)) : undefined,
    to ? lt(auditLog.timestamp, new Date(to)) : undefined,
    actor ? eq(auditLog.caller, actor) : undefined,
    person ? contains(auditLog.person, person) : undefined,
    action && BY_ACTION[action],
    endpoint ? contains(auditLog.endpoint, endpoint) : undefined,
    outcome && BY_OUTCOME[outcome],
  ]
}

/** One page, newest first. Pages stay stable while entries are added. */
export async function listEntries(
  db: Db,
  filters: AuditFiltersQuery,
  { limit, cursor }: { limit: number; cursor?: Cursor | undefined },
): Promise<{ entries: AuditEntryBody[]; next: Cursor | null }> {
  const { timestamp, id } = auditLog
  const after =
    cursor && sql`(${timestamp}, ${id}) < (${cursor.timestamp.toISOString()}::timestamptz, ${cursor.id}::uuid)`
  const rows = await db
    .select({ ...getTableColumns(auditLog), key: apiKeys.description })
    .from(auditLog)
    .leftJoin(apiKeys, eq(apiKeys.id, auditLog.apiKeyId))
    .where(and(...conditions(filters), after))
    .orderBy(desc(timestamp), desc(id))
    .limit(limit + 1)
  const entries = rows.slice(0, limit).map((row) => ({
    id: row.id,
    timestamp: (row.timestamp ?? new Date(0)).toISOString(),
    actor: row.caller,
    key: row.key,
    person: row.person,
    method: row.method,
    endpoint: row.endpoint,
    status: row.responseCode,
    calls: row.calls,
    ip_address: row.ipAddress,
    request_id: row.requestId,
  }))
  const last = entries.at(-1)
  return {
    entries,
    next: rows.length > limit && last ? { timestamp: new Date(last.timestamp), id: last.id } : null,
  }
}

/** All matching entries, newest first. Reads page by page, so that it holds neither memory nor a connection. */
export async function* eachEntry(db: Db, filters: AuditFiltersQuery): AsyncGenerator<AuditEntryBody> {
  let cursor: Cursor | null | undefined
  do {
    const page = await listEntries(db, filters, { limit: PAGE, cursor: cursor ?? undefined })
    yield* page.entries
    cursor = page.next
  } while (cursor)
}
