import { API_ORIGIN } from './origin.ts'
import { ownName } from './own-name.ts'
import { NOBODY, session } from './session.ts'
import type { Analysis, AnalysisList, Info } from './types.ts'

/** Thumbnails in view when the history opens on a phone. */
const FIRST_THUMBNAILS = 8

/** Milliseconds after which an answer that nobody has taken is too old to be taken. */
const OLD_MS = 15_000

/** What a screen asks first, its addresses written as its queries write them. Nothing of a list that is filtered. */
const asked: Record<string, (part: string | undefined) => string[]> = {
  '': () => ['products', 'facilities'],
  review: () => [
    'analyses?waiting=true&verdict=review&limit=25',
    'analyses/count?waiting=true',
    'facilities',
    'products',
  ],
  history: () => ['analyses?limit=50', 'analyses/count', 'facilities', 'products'],
  results: (id = '') => [`analyses/${encodeURIComponent(id)}`, 'facilities'],
  dashboard: () => ['statistics?period=30d&basis=photo&truth=final', 'statistics/choices', 'facilities', 'products'],
  report: () => ['shifts', 'facilities'],
  quality: () => ['quality', 'review-thresholds', 'facilities', 'products'],
  admin: () => ['usage?days=30', 'keys', 'facilities'],
}

/** Pictures of an answer that the screen shows at once. */
function picturesOf(screen: string, body: unknown): string[] {
  const { analyses = [], image_url } = (body ?? {}) as Partial<AnalysisList & Analysis>
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

/** Answers that nobody has taken yet, by method and address; null: it was not asked after all. */
const begun = new Map<string, Promise<Response | null>>()

/** Asks once `init` is known, and is known itself at once: whoever wants the same meanwhile waits for it. */
function begin(path: string, init: Promise<RequestInit | null>, method = 'GET'): Promise<Response | null> {
  const url = new URL(`${API_ORIGIN}/api/v1/${path}`, window.location.origin).href
  const answer = init.catch(() => null).then((known) => known && fetch(url, { method, ...known }))
  begun.set(`${method} ${url}`, answer)
  return answer
}

/** What is read here is a copy: the answer itself is for whoever takes it. */
async function bodyOf<Body>(answer: Promise<Response | null>): Promise<Body | null> {
  const copy = (await answer)?.clone()
  return copy?.ok ? ((await copy.json()) as Body) : null
}

/** Begins a session where the open mode has none. */
function beginSession(info: Promise<Info | null>): Promise<{ token: string } | null> {
  const name = ownName.get() ?? NOBODY
  const wanted = info.then((known) =>
    known && !known.sign_in_required
      ? { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name }) }
      : null,
  )
  return bodyOf(begin('session', wanted, 'POST'))
}

/**
 * Asks for what a page waits for while the scripts that need the answers are still coming: who judges, in the open mode a session,
 * and the screen's first data and pictures. Whoever asks for it next takes the answer, and hears of what failed.
 */
export function beginEarly({ pathname, search }: Location): void {
  const info = bodyOf<Info>(begin('info', Promise.resolve({})))
  const current = session.get()
  const opened = current ? Promise.resolve(current) : beginSession(info)
  const headers = opened.then((known) => known && { headers: { Authorization: `Bearer ${known.token}` } })
  const [, screen = '', part] = pathname.split('/')
  const filtered = [...new URLSearchParams(search).keys()].some((name) => name !== 'view')
  const bodies = filtered ? [] : (asked[screen]?.(part) ?? []).map((path) => bodyOf<unknown>(begin(path, headers)))
  const pictures = bodies.map((body) => body.then((known) => picturesOf(screen, known).forEach(fetchPicture)))
  // Whoever takes an answer hears of what failed.
  for (const each of [info, headers, ...pictures]) each.catch(() => undefined)
  setTimeout(() => begun.clear(), OLD_MS)
}

/** `fetch`, but a request that has begun early is not made twice. */
export async function earlyFetch(request: Request): Promise<Response> {
  const name = `${request.method} ${request.url}`
  const answer = begun.get(name)
  begun.delete(name)
  return (await answer) ?? fetch(request)
}
