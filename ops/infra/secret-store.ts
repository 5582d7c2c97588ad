import { GetRandomPasswordCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { namesOf } from '../../stacks/names.ts'
import { throughProxy } from '../aws/through-proxy.ts'
import { explain, Failure } from '../lib/failures.ts'
import { chosenEnvironment } from './chosen-environment.ts'

/** The secrets of an environment that people touch, and how each one changes. The two URLs are written by Terraform. */
export const secretNames = ['azure-api-key', 'api-key', 'secret-key'] as const
export type SecretName = (typeof secretNames)[number]

/** When a changed value starts to count. The API reads two of the secrets while it runs (api/platform/secrets/live-secret.ts). */
export const takenUp = ({ name, environment }: Pick<ChosenSecret, 'name' | 'environment'>) =>
  name === 'azure-api-key'
    ? `Tasks read it when they start: make restart ENV=${environment}.`
    : 'Tasks take it up within 5 minutes, without a restart; the value before stays valid until the next change, so change it twice where it has leaked.'

/** A secret of an environment, and the client to reach it with. */
export interface ChosenSecret {
  readonly environment: string
  readonly name: SecretName
  /** Its id in Secrets Manager, such as wiko/api-key. */
  readonly id: string
  readonly client: SecretsManagerClient
}

/** The secret that ENV and NAME name. @throws Failure in one line */
export function chosenSecret(env: NodeJS.ProcessEnv): ChosenSecret {
  const settings = chosenEnvironment(env)
  const name = secretNames.find((known) => known === env.NAME)
  if (!name) throw new Failure(`NAME must name a secret: ${secretNames.join(', ')} (the two URLs are Terraform's)`)
  return {
    environment: settings.name,
    name,
    id: `${namesOf(settings.name, settings.names).secrets}/${name}`,
    client: new SecretsManagerClient({ region: settings.region, requestHandler: throughProxy }),
  }
}

/** Writes a new current value; the one before stays readable as AWSPREVIOUS. Returns the new version's id. */
export async function putValue({ client, id, environment }: ChosenSecret, value: string): Promise<string> {
  const command = new PutSecretValueCommand({ SecretId: id, SecretString: value })
  const { VersionId } = await client.send(command).catch((error: unknown) => explainSecret(error, id, environment))
  return VersionId ?? ''
}

/** Letters and digits that Secrets Manager draws. */
export async function randomText({ client, id, environment }: ChosenSecret, length: number): Promise<string> {
  const command = new GetRandomPasswordCommand({ PasswordLength: length, ExcludePunctuation: true })
  const { RandomPassword } = await client.send(command).catch((error: unknown) => explainSecret(error, id, environment))
  if (!RandomPassword) throw new Failure('Secrets Manager gave no random text: try again.')
  return RandomPassword
}

/** What Secrets Manager says, in one readable line. */
export function explainSecret(error: unknown, id: string, environment: string): never {
  if (!(error instanceof Error)) throw error
  switch (error.name) {
    case 'ResourceNotFoundException':
      throw new Failure(`There is no secret ${id}: plan and apply ${environment} first.`)
    case 'InvalidRequestException':
      throw new Failure(`${id} cannot be changed now: ${oneLine(error.message)}`)
    case 'CredentialsProviderError':
      throw new Failure('There are no AWS credentials: sign in (aws sso login) or set AWS_PROFILE, then repeat.')
    case 'AccessDeniedException':
      throw new Failure(`The AWS credentials may not change ${id}: use a role that may.`)
    default: {
      const { message } = explain(`${error.name}: ${error.message}`)
      throw new Failure(oneLine(message))
    }
  }
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
