import { request as plainRequest, type RequestOptions } from 'node:http'
import { request as secureRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { type Answer, ask } from '../../ops/lib/ask.ts'

/** What a probe is asked for: rules look at the kinds that they know. */
export type Kind =
  | 'page'
  | 'asset'
  | 'map'
  | 'listing'
  | 'hidden'
  | 'docs'
  | 'open'
  | 'private'
  | 'error'
  | 'redirect'
  | 'cors'
  | 'trace'

/** One request and its answer. */
export interface Exchange extends Omit<Answer, 'ms' | 'json'> {
  kind: Kind
  method: string
  url: string
  /** Values of Set-Cookie. */
  cookies: string[]
}

export interface Probe {
  kind: Kind
  path: string
  method?: string
  headers?: Record<string, string>
  body?: string
}

/** fetch refuses TRACE. */
async function trace(url: URL): Promise<Answer> {
  const options: RequestOptions = { method: 'TRACE', headers: { 'x-scan': 'is this sent back?' }, timeout: 10_000 }
  const sent = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, options)
  const [response, body] = await new Promise<[import('node:http').IncomingMessage, string]>((resolve, reject) => {
    sent.on('response', (message) => text(message).then((body) => resolve([message, body]), reject))
    sent.on('error', reject)
    sent.on('timeout', () => sent.destroy(new Error('no answer to TRACE')))
    sent.end()
  })
  const headers = new Headers(Object.entries(response.headers).map(([name, value]) => [name, String(value)]))
  return { status: response.statusCode ?? 0, headers, text: body, ms: 0, json: () => ({}) }
}

/** Sends one probe. A path that is no URL of its own ("//host") is appended as it is. */
export async function send(
  origin: string,
  { kind, path, method = 'GET', headers = {}, body }: Probe,
): Promise<Exchange> {
  const url = `${origin}${path}`
  const answer =
    method === 'TRACE'
      ? await trace(new URL(url))
      : await ask(url, { method, headers, ...(body === undefined ? {} : { body }) })
  return {
    kind,
    method,
    url,
    status: answer.status,
    headers: answer.headers,
    text: answer.text,
    cookies: answer.headers.getSetCookie(),
  }
}
