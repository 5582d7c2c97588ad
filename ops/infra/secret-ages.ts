import { namesOf } from '../../stacks/names.ts'
import { Aws } from '../aws/call.ts'
import { Failure } from '../lib/failures.ts'
import { report } from '../lib/report.ts'
import { chosenEnvironment } from './chosen-environment.ts'

/** A value that people rotate is old after this long (docs/runbooks/secrets.md). */
export const MOST_DAYS = 90
const DAY_SECONDS = 86_400

interface Listed {
  readonly ARN: string
  readonly Name: string
  readonly RotationEnabled?: boolean
}
interface Version {
  readonly VersionStages?: readonly string[]
  /** Seconds since 1970. */
  readonly CreatedDate: number
}

/** Ages of the values that people rotate. `old` has a line for each that is over its time. */
export interface Ages {
  readonly known: readonly { readonly name: string; readonly days: number }[]
  readonly old: readonly string[]
}

/** No password is in these, and Terraform writes them. */
const byTerraform = /\/(database|redis)-url$/

/** Secrets below `prefix` that nothing rotates by itself, and those of `more` (ARNs), by the age of their current value. */
export async function agesOf(aws: Aws, prefix: string, more: readonly string[], now = Date.now()): Promise<Ages> {
  const found: Listed[] = []
  let NextToken: string | undefined
  do {
    const Filters = [{ Key: 'name', Values: [`${prefix}/`] }]
    const page = await aws.json<{ SecretList?: Listed[]; NextToken?: string }>('secretsmanager', 'ListSecrets', {
      Filters,
      ...(NextToken ? { NextToken } : {}),
    })
    found.push(...(page.SecretList ?? []))
    NextToken = page.NextToken
  } while (NextToken)
  for (const SecretId of more) {
    if (found.every(({ ARN }) => ARN !== SecretId))
      found.push(await aws.json<Listed>('secretsmanager', 'DescribeSecret', { SecretId }))
  }
  const byPeople = found.filter(({ Name, RotationEnabled }) => !RotationEnabled && !byTerraform.test(Name))
  const known = await Promise.all(
    byPeople.map(async ({ ARN, Name }) => ({
      name: Name,
      days: Math.floor((await ageOf(aws, ARN, now)) / DAY_SECONDS),
    })),
  )
  const old = known
    .filter(({ days }) => days > MOST_DAYS)
    .map(({ name, days }) => `${name} is ${days} days old, rotate it (${MOST_DAYS} at most)`)
  return { known, old }
}

/** Seconds since the current value was put there. (LastChangedDate would also move with a tag.) */
async function ageOf(aws: Aws, SecretId: string, now: number): Promise<number> {
  const { Versions } = await aws.json<{ Versions: Version[] }>('secretsmanager', 'ListSecretVersionIds', { SecretId })
  const current = Versions.find(({ VersionStages }) => VersionStages?.includes('AWSCURRENT'))
  return current ? now / 1000 - current.CreatedDate : 0
}

/** Prints the ages of ENV's secrets. @throws Failure naming those that are too old */
export async function secretAges(env: NodeJS.ProcessEnv): Promise<void> {
  const settings = chosenEnvironment(env)
  const { secrets } = namesOf(settings.name, settings.names)
  const { known, old } = await agesOf(new Aws(settings.region), secrets, Object.values(settings.service.secrets))
  for (const { name, days } of known) console.log(`${name}: ${days} days`)
  if (known.length === 0)
    throw new Failure(`There are no secrets ${secrets}/...: plan and apply ${settings.name} first.`)
  if (old.length === 0) return
  const summary = `${settings.name}: ${old.join('; ')}. docs/runbooks/secrets.md says how.`
  await report({ summary })
  throw new Failure(summary)
}
