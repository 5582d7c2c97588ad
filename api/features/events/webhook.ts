import { Webhook } from 'standardwebhooks'

export interface WebhookTarget {
  url: string
  /** whsec_ and the key in base64. */
  secret: string
}

const TIMEOUT_MS = 10_000

/**
 * Posts one event, signed by the Standard Webhooks scheme. Throws where the receiver does not answer 2xx in 10 s; a redirect is
 * not followed, as it would take the event to an address that nobody configured.
 */
export async function postWebhook({ url, secret }: WebhookTarget, id: string, payload: string): Promise<void> {
  const now = new Date()
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'wiko-defect-analyzer',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, now, payload),
    },
    body: payload,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`the receiver of the webhook answered ${response.status}`)
}
