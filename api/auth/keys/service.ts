import { randomBytes } from 'node:crypto'
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Static } from 'typebox'
import { apiKeys } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import { DEFAULT_SCOPES, type Scope } from '../../domain/scopes.ts'
import type { Caller } from '../../platform/http/caller.ts'
import { badField, notFound, ProblemError } from '../../platform/http/problem.ts'
import { hashApiKey } from '../../platform/http/secrets.ts'
import { DEFAULT_PER_MINUTE, type KeyDirectory } from './directory.ts'
import type { ApiKey, KeyChange, KeySettings } from './schemas.ts'

type Row = typeof apiKeys.$inferSelect
type Shown = Static<typeof ApiKey>

const HOUR_MS = 3_600_000
/** Exceeds the number of cameras in all plants. */
const MAX_LISTED = 1000

/** A key is "wiko_", 8 hex digits by which people recognise it, and 256 random bits in base64url. */
function draw() {
  const prefix = `wiko_${randomBytes(4).toString('hex')}`
  const key = prefix + randomBytes(32).toString('base64url')
  return { key, columns: { keyHash: hashApiKey(key), prefix, lastFour: key.slice(-4) } }
}

const iso = (moment: Date | null) => moment?.toISOString() ?? null
const isOver = (moment: Date | null) => moment !== null && moment.getTime() <= Date.now()

function show(row: Row): Shown {
  return {
    id: row.id,
    description: row.description,
    prefix: row.prefix,
    last_four: row.lastFour,
    scopes: [...(row.scopes ?? DEFAULT_SCOPES)],
    rate_limit: row.rateLimit ?? DEFAULT_PER_MINUTE,
    model_rate_limit: row.modelRateLimit,
    daily_analyses: row.dailyAnalyses,
    daily_tokens: row.dailyTokens,
    daily_cost_usd: row.dailyCostUsd,
    active: row.isActive === true && !isOver(row.expiresAt),
    created_at: iso(row.createdAt),
    created_by: row.createdBy,
    expires_at: iso(row.expiresAt),
    last_used_at: iso(row.lastUsedAt),
    revoked_at: iso(row.revokedAt),
    previous_expires_at: isOver(row.previousExpiresAt) ? null : iso(row.previousExpiresAt),
  }
}

/** Callers can only grant scopes they have: an administrator's key without "read" cannot create a key that reads. */
function mayGrant({ scopes }: Caller, wanted: readonly Scope[]): void {
  const missing = wanted.filter((scope) => !scopes.includes(scope))
  if (missing.length === 0) return
  throw new ProblemError(403, 'forbidden', `This key lacks the scope ${missing.join(' and ')}, so it cannot grant it`)
}

function columnsOf(settings: Static<typeof KeyChange>) {
  const { expires_at: end } = settings
  const expiresAt = typeof end === 'string' ? new Date(end) : end
  if (expiresAt && isOver(expiresAt)) throw badField('expires_at', 'must be in the future; to end a key, revoke it')
  return {
    description: settings.description,
    scopes: settings.scopes,
    rateLimit: settings.rate_limit,
    modelRateLimit: settings.model_rate_limit,
    dailyAnalyses: settings.daily_analyses,
    dailyTokens: settings.daily_tokens,
    dailyCostUsd: settings.daily_cost_usd,
    expiresAt,
  }
}

/** Manages keys for administrators. Tells `keys` of each change, so that it takes effect here at once. */
export function keyService(db: Db, keys: KeyDirectory) {
  async function find(id: string): Promise<Row> {
    const [row] = await db.select().from(apiKeys).where(eq(apiKeys.id, id))
    if (!row) throw notFound(`There is no key ${id}`)
    return row
  }

  /** Revoked keys cannot be changed. `columns` may refer to the current row. */
  async function change(id: string, columns: Parameters<ReturnType<Db['update']>['set']>[0]): Promise<Row> {
    const [row] = await db
      .update(apiKeys)
      .set(columns)
      .where(and(eq(apiKeys.id, id), eq(apiKeys.isActive, true)))
      .returning()
    keys.forget()
    if (row) return row
    await find(id)
    throw new ProblemError(409, 'key-revoked', 'The key has been revoked permanently; create a new one')
  }

  return {
    /** Newest first, including revoked and expired keys. */
    async list(): Promise<Shown[]> {
      const rows = await db.select().from(apiKeys).orderBy(desc(apiKeys.createdAt), apiKeys.id).limit(MAX_LISTED)
      return rows.map(show)
    },

    async create(settings: Static<typeof KeySettings>, by: Caller): Promise<Shown & { key: string }> {
      const scopes = settings.scopes ?? [...DEFAULT_SCOPES]
      mayGrant(by, scopes)
      const { key, columns } = draw()
      const createdBy = by.kind === 'open' ? 'open' : by.id
      const [row] = await db
        .insert(apiKeys)
        .values({ ...columnsOf(settings), ...columns, scopes, createdBy })
        .returning()
      return { key, ...show(row as Row) }
    },

    /**
     * Gives the row a new key, so that the caller, its duplicates and its budgets stay. The previous key is valid for
     * the overlap; one from an earlier rotation becomes invalid now. A session ends with the key that opened it.
     */
    async rotate(id: string, overlapHours: number, by: Caller): Promise<Shown & { key: string }> {
      const found = await find(id)
      mayGrant(by, found.scopes ?? DEFAULT_SCOPES)
      if (isOver(found.expiresAt))
        throw new ProblemError(409, 'key-expired', 'The key has expired; change expires_at first')
      const { key, columns } = draw()
      const overlap =
        overlapHours > 0
          ? {
              previousKeyHash: sql`${apiKeys.keyHash}`,
              previousExpiresAt: new Date(Date.now() + overlapHours * HOUR_MS),
            }
          : { previousKeyHash: null, previousExpiresAt: null }
      return { key, ...show(await change(id, { ...columns, ...overlap })) }
    },

    async update(id: string, settings: Static<typeof KeyChange>, by: Caller): Promise<Shown> {
      mayGrant(by, settings.scopes ?? [])
      return show(await change(id, columnsOf(settings)))
    },

    /** Permanent and idempotent. The row stays for the audit log. */
    async revoke(id: string): Promise<Shown> {
      const [row] = await db
        .update(apiKeys)
        .set({ isActive: false, revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
        .where(eq(apiKeys.id, id))
        .returning()
      keys.forget()
      return show(row ?? (await find(id)))
    },
  }
}
