import { randomUUID } from 'node:crypto'
import { lt, or, sql } from 'drizzle-orm'
import type { AnalysisRow } from '../../../drizzle/schema.ts'
import { analyses, events } from '../../../drizzle/schema.ts'
import type { Transaction } from '../../database/database.ts'
import type { JobQueue } from '../../platform/queue/queue.ts'
import { CRITICAL_EVENT } from './payload.ts'

export type EventTarget = 'webhook' | 'sns'

/** Payload of a delivery job. */
export interface EventJob {
  eventId: string
  target: EventTarget
}

type Severe = Pick<AnalysisRow, 'defectDetected'> & { severity?: string | null }

export interface Outbox {
  /** Whether such a verdict creates an event. */
  shouldNotify(verdict: Severe): boolean
  /** Writes the event and its delivery jobs in the transaction of the analysis, unless the part has a recent event. */
  record(tx: Transaction, row: AnalysisRow): Promise<void>
}

/** Verdicts on the same part within this time share one event. Part ids may be reused on the next day. */
const SAME_PART = sql`interval '24 hours'`

const subjectOf = (row: AnalysisRow): string =>
  row.partId === null ? row.defectId : [row.facility, row.productSku, row.partId].join('/')

/** Transactional outbox of critical verdicts. Writes nothing if no target is configured. */
export function eventOutbox(queue: Pick<JobQueue, 'send'>, targets: readonly EventTarget[]): Outbox {
  return {
    shouldNotify: ({ defectDetected, severity }) => targets.length > 0 && defectDetected && severity === 'critical',
    async record(tx, row) {
      const id = randomUUID()
      const values = { id, type: CRITICAL_EVENT, subject: subjectOf(row), defectId: row.defectId }
      const written = await tx
        .insert(events)
        .values(values)
        .onConflictDoUpdate({
          target: events.subject,
          set: { id, defectId: row.defectId, createdAt: sql`now()` },
          // That of a void result was no event.
          setWhere: or(
            lt(events.createdAt, sql`now() - ${SAME_PART}`),
            sql`exists (select from ${analyses} where ${analyses.defectId} = ${events.defectId} and ${analyses.voided})`,
          ),
        })
        .returning({ id: events.id })
      if (written.length === 0) return
      for (const target of targets) await queue.send(tx, 'events', { eventId: id, target } satisfies EventJob)
    },
  }
}
