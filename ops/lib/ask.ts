/** A hanging service must not hang the command. */
const TIMEOUT_MS = 60_000

export interface Answer {
  status: number
  headers: Headers
  text: string
  ms: number
  /** The body parsed as JSON; an empty object if it is not JSON. */
  json<T extends object>(): Partial<T>
}

/** Sends a request and reads the whole response. Redirects are not followed. Throws if there is no response. */
export async function ask(url: string | URL, init: RequestInit = {}): Promise<Answer> {
  const started = performance.now()
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS), ...init })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    ms: Math.round(performance.now() - started),
    json<T extends object>() {
      try {
        return JSON.parse(text) as Partial<T>
      } catch {
        return {}
      }
    },
  }
}

export const isLoopback = (origin: string): boolean => {
  const { hostname } = new URL(origin)
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
