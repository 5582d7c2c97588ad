import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'

/** A rotated value takes effect after this long at most, without a restart. */
const REFRESH_MS = 5 * 60_000
/** An unknown value triggers an earlier refresh, but someone guessing must not trigger one each time. */
const RECHECK_MS = 10_000

/** A secret that may be rotated at run time. */
export interface LiveSecret {
  /** Used for new signatures. */
  current(): string
  /** The current value, then the previous one while it is valid. */
  accepted(): readonly string[]
  /** Call when no value matched. Refreshes unless done in the last 10 s. True if the value changed. */
  recheck(): Promise<boolean>
  close(): void
}

export interface SecretLog {
  info(detail: object, message: string): void
  warn(detail: object, message: string): void
}

/** A secret that never changes, with an optional previous value. */
export function fixedSecret(current: string, previous: string | null = null): LiveSecret {
  const accepted = previous === null ? [current] : [current, previous]
  return { current: () => current, accepted: () => accepted, recheck: async () => false, close: () => undefined }
}

/**
 * The first result of `match` that is not null, over the accepted values. Refreshes the secret once if there is none.
 */
export async function firstMatch<T>(
  secret: LiveSecret,
  match: (value: string) => T | null | Promise<T | null>,
): Promise<T | null> {
  const tried = secret.accepted()
  for (const value of tried) {
    const found = await match(value)
    if (found !== null) return found
  }
  // Another request may have refreshed the secret in the meantime.
  if (!(await secret.recheck()) && secret.accepted() === tried) return null
  for (const value of secret.accepted()) {
    const found = await match(value)
    if (found !== null) return found
  }
  return null
}

/** Reads one stage of a secret. Null if there is no such version (yet), or its value is malformed. */
async function read(client: SecretsManagerClient, arn: string, VersionStage: string, valid: RegExp) {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn, VersionStage }))
    const text = SecretString?.trim() ?? ''
    return valid.test(text) ? text : null
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return null
    throw error
  }
}

export interface SecretSource {
  /** The operator's name for it, such as API_KEY. */
  name: string
  arn: string
  client: SecretsManagerClient
  /** Form of a valid value; others are ignored. */
  valid: RegExp
  /** From the environment; used until Secrets Manager answers for the first time. */
  fallback: { current: string; previous: string | null }
  log: SecretLog
}

/**
 * AWSCURRENT and AWSPREVIOUS of a secret (plain text), read at startup, every 5 minutes and by `recheck`. While Secrets
 * Manager is unreachable, the last known values stay in use; at startup those are from the environment.
 * AWSPREVIOUS never expires: a previous SECRET_KEY is valid for the days until the next rotation, a previous API_KEY
 * until an operator rotates again. To revoke a leaked value, rotate twice.
 */
export async function liveSecret({ name, arn, client, valid, fallback, log }: SecretSource): Promise<LiveSecret> {
  const listOf = ({ current, previous }: SecretSource['fallback']) =>
    previous === null || previous === current ? [current] : [current, previous]
  let accepted: readonly string[] = listOf(fallback)
  let lastRead = 0
  let reading: Promise<boolean> | null = null
  let failing = false

  async function readNow(): Promise<boolean> {
    lastRead = Date.now()
    try {
      const [current, previous] = await Promise.all([
        read(client, arn, 'AWSCURRENT', valid),
        read(client, arn, 'AWSPREVIOUS', valid),
      ])
      if (current === null) throw new Error('The secret does not exist or its value is malformed')
      if (failing) log.info({ secret: name }, 'Secret readable again')
      failing = false
      const found = listOf({ current, previous })
      if (found.join('\n') === accepted.join('\n')) return false
      if (found[0] !== accepted[0]) log.info({ secret: name }, 'Using the new value from Secrets Manager')
      accepted = found
      return true
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      if (!failing) log.warn({ secret: name, reason }, 'Cannot read the secret, keeping its last known value')
      failing = true
      return false
    }
  }
  const readOnce = () => {
    reading ??= readNow().finally(() => {
      reading = null
    })
    return reading
  }

  await readOnce()
  const timer = setInterval(readOnce, REFRESH_MS).unref()
  return {
    current: () => accepted[0] as string,
    accepted: () => accepted,
    recheck: async () => reading ?? (Date.now() - lastRead < RECHECK_MS ? false : readOnce()),
    close: () => clearInterval(timer),
  }
}
