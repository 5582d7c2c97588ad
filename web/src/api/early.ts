import { API_ORIGIN } from './origin.ts'
import { ownName } from './own-name.ts'
import { NOBODY, session } from './session.ts'
import type { Info } from './types.ts'

/** Answers that nobody has taken yet, by method and address. */
const begun = new Map<string, Promise<Response>>()

const begin = (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response> => {
  const url = new URL(API_ORIGIN + path, window.location.origin).href
  const headers = { 'Content-Type': 'application/json' }
  const answer = fetch(url, body === undefined ? {} : { method, headers, body: JSON.stringify(body) })
  begun.set(`${method} ${url}`, answer)
  // Whoever takes it hears of what failed.
  answer.catch(() => undefined)
  return answer
}

/** Asks what every screen waits for, while the scripts that need the answers are still coming: who judges, and in the open mode a session. */
export async function beginEarly(): Promise<void> {
  const answer = await begin('GET', '/api/v1/info')
  const info = (await answer.clone().json()) as Partial<Info>
  if (info.sign_in_required === false && !session.get()) {
    await begin('POST', '/api/v1/session', { name: ownName.get() ?? NOBODY })
  }
}

/** `fetch`, but a request that has begun early is not made twice. */
export async function earlyFetch(request: Request): Promise<Response> {
  const name = `${request.method} ${request.url}`
  const answer = begun.get(name)
  begun.delete(name)
  return answer ?? fetch(request)
}
