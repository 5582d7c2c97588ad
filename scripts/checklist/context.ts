import type { Aws } from './aws.ts'

/** What all lines know of the deployment that is checked. */
export interface Context {
  /** Origin of the page. */
  page: string
  /** Origin of the API; the same as the page's where one address serves both. */
  api: string
  /** Sent as X-API-Key. Null: none was given. */
  key: string | null
  env: NodeJS.ProcessEnv
  /** The environment whose AWS resources are looked at; null: none was named. */
  environment: string | null
  /** Why there is none, in words that say what to set. */
  aws(): Promise<Aws | { missing: string }>
  /** What was uploaded by the line that does so. */
  sample: Sample | null
  /** When the checklist began. */
  started: Date
  /** Says what takes long. */
  say(text: string): void
}

export interface Sample {
  defectId: string
  /** Bytes of the picture as the service shows it. */
  imageBytes: number
}

/** A hung service is a failure, not a hung checklist. */
const TIMEOUT_MS = 60_000

export interface Answer {
  status: number
  headers: Headers
  text: string
  ms: number
  /** The body as JSON, of the shape that the caller asks about; an empty object where it is none. */
  json<T extends object>(): Partial<T>
}

/** One request, its whole answer read. Redirects are answers too. Throws where nothing answers. */
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

/** The key as a header, where there is one. */
export const withKey = ({ key }: Pick<Context, 'key'>): Record<string, string> =>
  key === null ? {} : { 'x-api-key': key }

export const isLoopback = (origin: string): boolean => {
  const { hostname } = new URL(origin)
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
