import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'

/** A rotated value is taken up after this long at the latest, without a restart. */
const REFRESH_MS = 5 * 60_000
/** A value that does not match makes us look sooner, but a stranger who guesses must not make us look all the time. */
const RECHECK_MS = 10_000

/** A secret that may be rotated while we run. */
export interface LiveSecret {
  /** What new things are signed with. */
  current(): string
  /** The current value, then the one before where it still counts. */
  accepted(): readonly string[]
  /** Call where nothing matched: looks for a new value unless that was done in the last 10 s. True where there is one. */
  recheck(): Promise<boolean>
  close(): void
}

export interface SecretLog {
  info(detail: object, message: string): void
  warn(detail: object, message: string): void
}

/** A secret that stays as it is, with the one before it where there is one. */
export function fixedSecret(current: string, previous: string | null = null): LiveSecret {
  const accepted = previous === null ? [current] : [current, previous]
  return { current: () => current, accepted: () => accepted, recheck: async () => false, close: () => undefined }
}

/** What `match` makes of the first value that it accepts; where it accepts none, of the values read anew; else null. */
export async function firstMatch<T>(
  secret: LiveSecret,
  match: (value: string) => T | null | Promise<T | null>,
): Promise<T | null> {
  const tried = secret.accepted()
  for (const value of tried) {
    const found = await match(value)
    if (found !== null) return found
  }
  // Another request may have found the new value while this one was being matched.
  if (!(await secret.recheck()) && secret.accepted() === tried) return null
  for (const value of secret.accepted()) {
    const found = await match(value)
    if (found !== null) return found
  }
  return null
}

/** A stage of a secret; null where there is no such version (yet), or its value cannot be one of ours. */
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
  /** As an operator knows it, such as API_KEY. */
  name: string
  arn: string
  client: SecretsManagerClient
  /** The form of a value; another one is not taken up. */
  valid: RegExp
  /** Of the environment: counts until Secrets Manager has answered for the first time. */
  fallback: { current: string; previous: string | null }
  log: SecretLog
}

/**
 * AWSCURRENT and AWSPREVIOUS of a secret (plain text), read now, every 5 minutes, and by `recheck`. While Secrets Manager
 * cannot be reached the last known values stay; at the start those are the environment's.
 *
 * AWSPREVIOUS has no end of its own: the value before counts until the next rotation, so SECRET_KEY's for the days
 * between two of them, API_KEY's until an operator rotates again. A leaked value is shut out by rotating twice.
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
      if (current === null) throw new Error('there is no such secret, or its value is not of the right form')
      if (failing) log.info({ secret: name }, 'the secret can be read again')
      failing = false
      const found = listOf({ current, previous })
      if (found.join('\n') === accepted.join('\n')) return false
      if (found[0] !== accepted[0]) log.info({ secret: name }, 'the value from Secrets Manager counts from now on')
      accepted = found
      return true
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      if (!failing) log.warn({ secret: name, reason }, 'the secret cannot be read; its last known value counts')
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
