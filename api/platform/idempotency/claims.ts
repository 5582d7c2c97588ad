import { randomUUID } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { idempotencyKeys } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'

/** Which request: the same key of another caller, or on another route, is another one. */
export interface RequestKey {
  caller: string
  route: string
  key: string
}

/** The right to run a request, held until it is given up or the lease ends. */
export interface Claim {
  /** The same for every run of the request: what it makes carries it. */
  id: string
  owner: string
}

export type ClaimResult =
  | { kind: 'claimed'; claim: Claim }
  | { kind: 'answered'; status: number; body: unknown }
  | { kind: 'running' }
  | { kind: 'other-body' }

/** How long a crashed run keeps others out; one that lives asks for more every third of it. */
const LEASE_SECONDS = 15
const LEASE = sql`now() + interval '${sql.raw(String(LEASE_SECONDS))} seconds'`
/** For how long an answer is given again. */
const KEPT = sql`interval '24 hours'`

/**
 * Claims the request, or says why not. A request that was given up may come with another body; one that was cut short by a crash
 * may only be run again as it was, since it may have had its effect.
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
    // Pruned just now: it is as if it had never been.
    if (!row) continue
    if (row.fingerprint !== fingerprint) return { kind: 'other-body' }
    if (row.status !== null) return { kind: 'answered', status: row.status, body: row.body }
    return { kind: 'running' }
  }
}

const held = ({ id, owner }: Claim) => and(eq(idempotencyKeys.id, id), eq(idempotencyKeys.owner, owner))

/** Keeps the claim for another lease. */
async function renew(db: Db, claim: Claim): Promise<void> {
  await db.update(idempotencyKeys).set({ lockedUntil: LEASE }).where(held(claim))
}

/** Keeps the claim until the function that it returns is called. `failed` hears of a lease that could not be renewed. */
export function renewing(db: Db, claim: Claim, failed: (error: unknown) => void): () => void {
  const renewal = setInterval(() => renew(db, claim).catch(failed), (LEASE_SECONDS * 1000) / 3)
  return () => clearInterval(renewal)
}

/** Keeps the final answer, and lets go. */
export async function complete(db: Db, claim: Claim, status: number, body: unknown): Promise<void> {
  await db.update(idempotencyKeys).set({ status, body, owner: null, lockedUntil: null }).where(held(claim))
}

/** Lets go without an answer: the key may be used again. */
export async function release(db: Db, claim: Claim): Promise<void> {
  await db
    .update(idempotencyKeys)
    .set({ owner: null, lockedUntil: null })
    .where(and(held(claim), isNull(idempotencyKeys.status)))
}

/** Lets go, and forgets that there was a claim. */
export async function discard(db: Db, claim: Claim): Promise<void> {
  await db.delete(idempotencyKeys).where(held(claim))
}

/** Removes up to `limit` keys that are past their time, and returns their number. */
export async function prune(db: Db, limit: number): Promise<number> {
  const t = idempotencyKeys
  const { rowCount } = await db.execute(sql`
    delete from ${t} where ${t.id} in (
      select id from ${t} where created_at < now() - ${KEPT} order by created_at limit ${limit} for update skip locked
    )`)
  return rowCount ?? 0
}
