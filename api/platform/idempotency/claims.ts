import { randomUUID } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { idempotencyKeys } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'

/** Identifies a request. The same key from another caller or on another route is a different request. */
export interface RequestKey {
  caller: string
  route: string
  key: string
}

/** The exclusive right to run a request, held until it is released or its lease expires. */
export interface Claim {
  /** The same for every run of the request, and stored with what the run creates. */
  id: string
  owner: string
}

export type ClaimResult =
  | { kind: 'claimed'; claim: Claim }
  | { kind: 'answered'; status: number; body: unknown }
  | { kind: 'running' }
  | { kind: 'other-body' }

/** How long a crashed run blocks others. A live run renews its lease every third of it. */
const LEASE_SECONDS = 15
const LEASE = sql`now() + interval '${sql.raw(String(LEASE_SECONDS))} seconds'`
/** How long an answer is replayed. */
const RETENTION = sql`interval '24 hours'`

/**
 * Claims the request, or says why not. A released request may come back with another body. One interrupted by a crash
 * may only run again with the same body, because it may have had its effect.
 */
export async function claim(db: Db, { caller, route, key }: RequestKey, fingerprint: string): Promise<ClaimResult> {
  const t = idempotencyKeys
  const owner = randomUUID()
  for (;;) {
    const [claimed] = await db
      .insert(t)
      .values({ id: randomUUID(), caller, route, key, fingerprint, owner, lockedUntil: LEASE })
      .onConflictDoUpdate({
        target: [t.caller, t.route, t.key],
        set: {
          id: sql`case when ${t.fingerprint} = excluded.fingerprint then ${t.id} else excluded.id end`,
          fingerprint: sql`excluded.fingerprint`,
          owner: sql`excluded.owner`,
          lockedUntil: sql`excluded.locked_until`,
        },
        setWhere: sql`${t.status} is null and (${t.owner} is null
          or (${t.lockedUntil} < now() and ${t.fingerprint} = excluded.fingerprint))`,
      })
      .returning({ id: t.id })
    if (claimed) return { kind: 'claimed', claim: { id: claimed.id, owner } }
    const [row] = await db
      .select()
      .from(t)
      .where(and(eq(t.caller, caller), eq(t.route, route), eq(t.key, key)))
    // Pruned in the meantime, so try again.
    if (!row) continue
    if (row.fingerprint !== fingerprint) return { kind: 'other-body' }
    if (row.status !== null) return { kind: 'answered', status: row.status, body: row.body }
    return { kind: 'running' }
  }
}

const held = ({ id, owner }: Claim) => and(eq(idempotencyKeys.id, id), eq(idempotencyKeys.owner, owner))

/** Extends the claim by another lease. */
async function renew(db: Db, claim: Claim): Promise<void> {
  await db.update(idempotencyKeys).set({ lockedUntil: LEASE }).where(held(claim))
}

/** Renews the claim until the returned function is called. `failed` receives the errors of renewals. */
export function startRenewal(db: Db, claim: Claim, failed: (error: unknown) => void): () => void {
  const renewal = setInterval(() => renew(db, claim).catch(failed), (LEASE_SECONDS * 1000) / 3)
  return () => clearInterval(renewal)
}

/** Stores the final answer and releases the claim. */
export async function complete(db: Db, claim: Claim, status: number, body: unknown): Promise<void> {
  await db.update(idempotencyKeys).set({ status, body, owner: null, lockedUntil: null }).where(held(claim))
}

/** Releases the claim without an answer, so that the key can be used again. */
export async function release(db: Db, claim: Claim): Promise<void> {
  await db
    .update(idempotencyKeys)
    .set({ owner: null, lockedUntil: null })
    .where(and(held(claim), isNull(idempotencyKeys.status)))
}

/** Releases the claim and deletes it. */
export async function discard(db: Db, claim: Claim): Promise<void> {
  await db.delete(idempotencyKeys).where(held(claim))
}

/** Deletes up to `limit` expired keys and returns their number. */
export async function prune(db: Db, limit: number): Promise<number> {
  const t = idempotencyKeys
  const { rowCount } = await db.execute(sql`
    delete from ${t} where ${t.id} in (
      select id from ${t} where created_at < now() - ${RETENTION} order by created_at limit ${limit} for update skip locked
    )`)
  return rowCount ?? 0
}
