import type { Account } from './aws.ts'
import type { Part } from './stand-ins.ts'

/** What every check knows about the deployment. */
export interface Context {
  /** Origin of the page. */
  page: string
  /** Origin of the API; the same as the page's where one address serves both. */
  api: string
  /** Sent as X-API-Key; null without a key. */
  key: string | null
  env: NodeJS.ProcessEnv
  /** The environment whose AWS resources are checked; null if none was named. */
  environment: string | null
  /** The AWS account, or a message saying what to set. */
  account(): Promise<Account | { missing: string }>
  /** Parts that are simulated: passing checks on them prove nothing about production. */
  standIns: ReadonlySet<Part>
  /** The photo that an earlier check uploaded. */
  sample: Sample | null
  /** Start of the run. */
  started: Date
  /** Reports progress of slow checks. */
  say(text: string): void
}

export interface Sample {
  defectId: string
  /** Size of the stored picture. */
  imageBytes: number
}

/** Authentication header, if there is a key. */
export const withKey = ({ key }: Pick<Context, 'key'>): Record<string, string> =>
  key === null ? {} : { 'x-api-key': key }

/** Context of a deployment known only by its address. */
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
