import { drawPart } from '../../fixtures/sample-parts/draw-part.ts'
import { Failure } from '../lib/failures.ts'
import { type Patience, say, waitFor } from '../lib/progress.ts'
import type { Target } from './target.ts'

/** A new index.html may take a minute to be seen everywhere. */
const unhurried: Patience = { every: 3_000, most: 120_000 }
const TIMEOUT_MS = 60_000

async function get(url: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    throw new Failure(`${url} does not answer: ${cause instanceof Error ? cause.message : cause}`)
  }
}

/**
 * Looks at what users would see: the API is healthy, the page is the one just built and its script loads, and with SMOKE_API_KEY a part is
 * analysed (and the analysis voided, so that it counts nowhere). `index` is the index.html that must be served; undefined: any.
 * @throws Failure in one line
 */
export async function smoke(
  { page, api }: Pick<Target, 'page' | 'api'>,
  {
    index,
    key,
    patience = unhurried,
  }: { index?: string | undefined; key?: string | undefined; patience?: Patience } = {},
): Promise<void> {
  const health = await get(`${api}/health`)
  const { status } = (await health.json().catch(() => ({}))) as { status?: string }
  if (!health.ok || status !== 'healthy')
    throw new Failure(`${api}/health answers ${health.status} ${status ?? ''}`.trim())
  say('  the API is healthy')
  await pageLoads(page, index, patience)
  say('  the page loads')
  if (!key) return say('  no analysis was asked for (SMOKE_API_KEY is not set)')
  await analyses(api, key)
  say('  a part was analysed')
}

async function pageLoads(page: string, index: string | undefined, patience: Patience): Promise<void> {
  let html = ''
  const served = await waitFor(patience, async () => {
    const answer = await get(`${page}/`)
    html = await answer.text()
    if (!answer.ok) return `the page answers ${answer.status}`
    return index === undefined || html === index ? {} : 'another page is served still'
  })
  if (!served) throw new Failure(`${page} does not serve the new page after ${patience.most / 1000} s`)
  const script = /<script[^>]*\ssrc="([^"]+)"/.exec(html)?.[1]
  if (!script) throw new Failure(`${page} answers, but not with the page: it names no script`)
  const answer = await get(new URL(script, `${page}/`).href)
  await answer.arrayBuffer()
  const type = answer.headers.get('content-type') ?? ''
  if (!answer.ok || !type.includes('javascript')) {
    throw new Failure(`The page's script ${script} answers ${answer.status} ${type}`.trim())
  }
}

async function analyses(api: string, key: string): Promise<void> {
  const { jpeg } = await drawPart({ kind: 'knife', seed: 1 })
  const headers = { 'x-api-key': key }
  const form = new FormData()
  form.set('image', new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }), 'smoke-test.jpg')
  form.set('product_sku', 'WK-KN-200')
  form.set('facility', 'yangjiang')
  form.set('reanalyze', 'true')
  const answer = await get(`${api}/api/v1/analyze`, { method: 'POST', headers, body: form })
  const said = (await answer.json().catch(() => ({}))) as {
    analysis?: { defect_id?: string }
    title?: string
    detail?: string
  }
  const id = said.analysis?.defect_id
  if (!answer.ok || !id)
    throw new Failure(`An analysis fails: ${answer.status} ${said.detail ?? said.title ?? ''}`.trim())
  const review = { kind: 'void', person: 'smoke test', comment: 'after a deployment', after: null }
  const voided = await get(`${api}/api/v1/analyses/${id}/reviews`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(review),
  })
  if (!voided.ok) say(`  the analysis ${id} could not be voided (${voided.status}): it counts until somebody does`)
}
