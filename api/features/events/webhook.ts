import { Webhook } from 'standardwebhooks'

export interface WebhookTarget {
  url: string
  /** whsec_ followed by the base64 key. */
  secret: string
}

const TIMEOUT_MS = 10_000

/**
 * Posts one event, signed according to Standard Webhooks. Throws unless the receiver answers 2xx within 10 s. Redirects are not
 * followed, because they would send the event to an address that nobody configured.
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
  if (!response.ok) throw new Error(`Webhook receiver answered ${response.status}`)
}
