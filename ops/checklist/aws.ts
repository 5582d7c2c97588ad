import { defaultProvider } from '@aws-sdk/credential-provider-node'
import { environments } from '../../stacks/environments.ts'
import { type Names, namesOf } from '../../stacks/names.ts'
import { AwsClients } from '../aws/clients.ts'

/** Access to an environment's AWS account. */
export interface Account {
  readonly aws: AwsClients
  readonly names: Names
  /** ARNs of secrets not created by the stack (setting service.secrets). */
  readonly secrets: readonly string[]
}

/** Opens the account of an environment, or returns a message saying what is missing. */
export async function openAccount(environment: string | null): Promise<Account | { missing: string }> {
  const settings = environment === null ? undefined : environments[environment]
  if (!settings) return { missing: `ENV=${Object.keys(environments).join('|')} with AWS credentials makes it run` }
  const found = await defaultProvider()().catch(() => null)
  if (!found) return { missing: 'there are no AWS credentials: sign in (aws sso login) or set AWS_PROFILE' }
  return {
    aws: new AwsClients(settings.region),
    names: namesOf(settings.name, settings.names),
    secrets: Object.values(settings.service.secrets),
  }
}
