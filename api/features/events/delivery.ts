import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { eq } from 'drizzle-orm'
import { analyses, events } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import { awsSpans } from '../../platform/observability/aws-spans.ts'
import type { JobQueue, QueueLog } from '../../platform/queue/queue.ts'
import type { EventJob, EventTarget } from './outbox.ts'
import { eventPayload } from './payload.ts'
import { postWebhook, type WebhookTarget } from './webhook.ts'

export interface EventConfig {
  /** Null: no webhook. */
  webhook: WebhookTarget | null
  /** Null: no SNS topic. */
  eventsTopicArn: string | null
  awsRegion: string
}

/** One slow target must not delay the other. */
const CONCURRENCY = 2
const SNS_TIMEOUT_MS = 10_000

export const eventTargets = ({ webhook, eventsTopicArn }: EventConfig): EventTarget[] => [
  ...(webhook ? ['webhook' as const] : []),
  ...(eventsTopicArn ? ['sns' as const] : []),
]

/**
 * Delivers queued events, each at least once. Events for a target that is no longer configured are dropped. Returns a function
 * that closes the clients; call it once the queue has stopped.
 */
export function deliverEvents(db: Db, queue: JobQueue, config: EventConfig, log: QueueLog): () => void {
  const { webhook, eventsTopicArn } = config
  const sns = eventsTopicArn ? new SNSClient({ region: config.awsRegion, maxAttempts: 1 }) : null
  sns?.middlewareStack.add(awsSpans('SNS'), { step: 'initialize', name: 'spans' })

  const send: Record<EventTarget, (id: string, payload: string, type: string) => Promise<void>> = {
    async webhook(id, payload) {
      if (webhook) await postWebhook(webhook, id, payload)
    },
    async sns(id, payload, type) {
      const command = new PublishCommand({
        TopicArn: eventsTopicArn ?? undefined,
        Message: payload,
        MessageAttributes: {
          type: { DataType: 'String', StringValue: type },
          'webhook-id': { DataType: 'String', StringValue: id },
        },
      })
      await sns?.send(command, { abortSignal: AbortSignal.timeout(SNS_TIMEOUT_MS) })
    },
  }

  queue.work<EventJob>('events', CONCURRENCY, async ({ data: { eventId, target }, retryCount }) => {
    const [found] = await db
      .select()
      .from(events)
      .innerJoin(analyses, eq(analyses.defectId, events.defectId))
      .where(eq(events.id, eventId))
    // A newer event of the same part has replaced it.
    if (!found) return
    // A test shot, as somebody has said meanwhile: nobody is told of it.
    if (found.analyses.voided) {
      log.info(
        { event: eventId, defect_id: found.analyses.defectId, target },
        'a critical verdict is void: not delivered',
      )
      return
    }
    const detail = { event: eventId, defect_id: found.analyses.defectId, target, attempt: retryCount + 1 }
    try {
      await send[target](eventId, eventPayload(found.events, found.analyses), found.events.type)
    } catch (error) {
      log.error({ ...detail, err: error }, 'Event delivery failed, retrying')
      throw error
    }
    log.info(detail, 'Event delivered')
  })
  return () => sns?.destroy()
}
