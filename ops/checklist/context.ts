import type { Account } from './aws.ts'
import type { Part } from './stand-ins.ts'

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
  account(): Promise<Account | { missing: string }>
  /** What something else stands for: it proves nothing of yours. */
  standIns: ReadonlySet<Part>
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

/** The key as a header, where there is one. */
export const withKey = ({ key }: Pick<Context, 'key'>): Record<string, string> =>
  key === null ? {} : { 'x-api-key': key }

/** What is known of a deployment by its address alone. */
export const contextOf = (origin: string, more: Partial<Context> = {}): Context => ({
  page: origin,
  api: origin,
  key: null,
  env: {},
  environment: null,
  account: async () => ({ missing: 'no environment was named' }),
  standIns: new Set(),
  sample: null,
  started: new Date(),
  say: () => undefined,
  ...more,
})
