import { setTimeout as sleep } from 'node:timers/promises'
import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'
import { photoForm } from '../../fixtures/photos.ts'

export interface IngestAnswer {
  success: true
  image_id: string
  enqueued_at: string
}

export interface IngestStateBody {
  image_id: string
  status: 'queued' | 'processing' | 'done' | 'failed'
  attempts: number
  metadata: Record<string, unknown> | null
  analysis?: AnalysisBody
  error?: string
}

/** Leaves a photo at the service. */
export const leave = (
  origin: string,
  bytes: Buffer | string,
  { fields = {}, headers = {} }: { fields?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<Response> =>
  fetch(`${origin}/api/v1/ingest`, {
    method: 'POST',
    headers,
    body: photoForm(bytes, { product_sku: 'WK-KN-200', facility: 'yangjiang', ...fields }),
  })

export const stateOf = async (
  origin: string,
  imageId: string,
  headers: Record<string, string> = {},
): Promise<IngestStateBody> =>
  (await (await fetch(`${origin}/api/v1/ingest/${imageId}`, { headers })).json()) as IngestStateBody

/** The state of a photo once `wanted` holds of it; the last one after `seconds`. */
export async function stateWhen(
  origin: string,
  imageId: string,
  wanted: (state: IngestStateBody) => boolean,
  { seconds = 60, headers = {} }: { seconds?: number; headers?: Record<string, string> } = {},
): Promise<IngestStateBody> {
  for (let waited = 0; ; waited += 100) {
    const state = await stateOf(origin, imageId, headers)
    if (wanted(state) || waited >= seconds * 1000) return state
    await sleep(100)
  }
}

export const ended = ({ status }: IngestStateBody): boolean => status === 'done' || status === 'failed'
