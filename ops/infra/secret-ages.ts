import {
  DescribeSecretCommand,
  ListSecretVersionIdsCommand,
  paginateListSecrets,
  type SecretListEntry,
} from '@aws-sdk/client-secrets-manager'
import { namesOf } from '../../stacks/names.ts'
import { AwsClients } from '../aws/clients.ts'
import { Failure } from '../lib/failures.ts'
import { report } from '../lib/report.ts'
import { chosenEnvironment } from './chosen-environment.ts'

/** A value that people rotate is old after this long (docs/runbooks/secrets.md). */
export const MOST_DAYS = 90
const DAY_MS = 86_400_000

/** Ages of the values that people rotate. `old` has a line for each that is over its time. */
export interface Ages {
  readonly known: readonly { readonly name: string; readonly days: number }[]
  readonly old: readonly string[]
}

/** No password is in these, and Terraform writes them. */
const byTerraform = /\/(database|redis)-url$/

/** Secrets below `prefix` that nothing rotates by itself, and those of `more` (ARNs), by the age of their current value. */
export async function agesOf(
  aws: AwsClients,
  prefix: string,
  more: readonly string[],
  now = Date.now(),
): Promise<Ages> {
  const found: SecretListEntry[] = []
  const below = { Filters: [{ Key: 'name' as const, Values: [`${prefix}/`] }] }
  for await (const { SecretList = [] } of paginateListSecrets({ client: aws.secrets }, below)) found.push(...SecretList)
  for (const SecretId of more) {
    if (found.every(({ ARN }) => ARN !== SecretId))
      found.push(await aws.secrets.send(new DescribeSecretCommand({ SecretId })))
  }
  const byPeople = found.filter(({ Name = '', RotationEnabled }) => !RotationEnabled && !byTerraform.test(Name))
  const known = await Promise.all(
    byPeople.map(async ({ ARN, Name = '' }) => ({
      name: Name,
      days: Math.floor((await ageOf(aws, ARN, now)) / DAY_MS),
    })),
  )
  const old = known
    .filter(({ days }) => days > MOST_DAYS)
    .map(({ name, days }) => `${name} is ${days} days old, rotate it (${MOST_DAYS} at most)`)
  return { known, old }
}

/** Milliseconds since the current value was put there. (LastChangedDate would also move with a tag.) */
async function ageOf(aws: AwsClients, SecretId: string | undefined, now: number): Promise<number> {
  const { Versions = [] } = await aws.secrets.send(new ListSecretVersionIdsCommand({ SecretId }))
  const current = Versions.find(({ VersionStages }) => VersionStages?.includes('AWSCURRENT'))
  return current?.CreatedDate ? now - current.CreatedDate.getTime() : 0
}

/** Prints the ages of ENV's secrets. @throws Failure naming those that are too old */
export async function secretAges(env: NodeJS.ProcessEnv): Promise<void> {
  const settings = chosenEnvironment(env)
  const { secrets } = namesOf(settings.name, settings.names)
  const { known, old } = await agesOf(new AwsClients(settings.region), secrets, Object.values(settings.service.secrets))
  for (const { name, days } of known) console.log(`${name}: ${days} days`)
  if (known.length === 0)
    throw new Failure(`There are no secrets ${secrets}/...: plan and apply ${settings.name} first.`)
  if (old.length === 0) return
  const summary = `${settings.name}: ${old.join('; ')}. docs/runbooks/secrets.md says how.`
  await report({ summary })
  throw new Failure(summary)
}
