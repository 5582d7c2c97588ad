import { API_ORIGIN } from './origin.ts'
import { ownName } from './own-name.ts'
import { NOBODY, session } from './session.ts'
import type { Analysis, AnalysisList, Info } from './types.ts'

/** Thumbnails in view when the history opens on a phone. */
const FIRST_THUMBNAILS = 6

/** What a screen asks first, its addresses written as its queries write them. Nothing of a list that is filtered. */
const asked: Record<string, (part: string | undefined) => string[]> = {
  '': () => ['products', 'facilities'],
  review: () => [
    'analyses?person_verdict=none&voided=false&verdict=review&limit=25',
    'analyses/count?person_verdict=none&voided=false',
    'facilities',
    'products',
  ],
  history: () => ['analyses?limit=50', 'analyses/count', 'facilities', 'products'],
  results: (id = '') => [`analyses/${encodeURIComponent(id)}`, 'facilities'],
  dashboard: () => ['statistics?period=30d&basis=photo&truth=ai', 'statistics/choices', 'facilities', 'products'],
  report: () => ['facilities'],
  quality: () => ['quality', 'review-thresholds', 'facilities', 'products'],
  admin: () => ['usage?days=30', 'keys'],
}

/** Pictures of an answer that the screen shows at once. */
function picturesOf(screen: string | undefined, body: unknown): string[] {
  const { analyses = [], image_url } = body as Partial<AnalysisList & Analysis>
  if (screen === 'history') return analyses.slice(0, FIRST_THUMBNAILS).map(({ thumbnail_url }) => thumbnail_url)
  if (screen === 'review') return analyses.slice(0, 1).map(({ image_url: first }) => first)
  return image_url ? [image_url] : []
}

function fetchPicture(address: string): void {
  const link = document.createElement('link')
  link.rel = 'preload'
  link.as = 'image'
  link.href = address
  document.head.append(link)
}

/** Answers that nobody has taken yet, by method and address. */
const begun = new Map<string, Promise<Response>>()

function begin(path: string, init: RequestInit = {}): Promise<Response> {
  const url = new URL(`${API_ORIGIN}/api/v1/${path}`, window.location.origin).href
  const answer = fetch(url, init)
  begun.set(`${init.method ?? 'GET'} ${url}`, answer)
  return answer
}

/** The token of the session; in the open mode one is begun where there is none. Null: somebody must sign in. */
async function token(): Promise<string | null> {
  const known = session.get()
  const info = begin('info')
  if (known) return known.token
  const { sign_in_required: required } = (await (await info).clone().json()) as Partial<Info>
  if (required !== false) return null
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ name: ownName.get() ?? NOBODY })
  const begunSession = (await begin('session', { method: 'POST', headers, body })).clone()
  return ((await begunSession.json()) as { token?: string }).token ?? null
}

/**
 * Asks for what a page waits for while the scripts that need the answers are still coming: who judges, in the open mode a session,
 * and the screen's first data and pictures. Whoever asks for it next takes the answer, and hears of what failed.
 */
export async function beginEarly({ pathname, search }: Location): Promise<void> {
  const [, screen = '', part] = pathname.split('/')
  const bearer = await token()
  const filtered = [...new URLSearchParams(search).keys()].some((name) => name !== 'view')
  if (bearer === null || filtered) return
  const headers = { Authorization: `Bearer ${bearer}` }
  await Promise.all(
    (asked[screen]?.(part) ?? []).map(async (path) => {
      const answer = (await begin(path, { headers })).clone()
      if (answer.ok) picturesOf(screen, await answer.json()).forEach(fetchPicture)
    }),
  )
}

/** `fetch`, but a request that has begun early is not made twice. */
export async function earlyFetch(request: Request): Promise<Response> {
  const name = `${request.method} ${request.url}`
  const answer = begun.get(name)
  begun.delete(name)
  return answer ?? fetch(request)
}
