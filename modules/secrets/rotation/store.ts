import {
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import type { SecretStore } from './rotate.ts'

/** Secrets Manager as a rotation sees it. */
export function secretsManager(client: SecretsManagerClient): SecretStore {
  return {
    async versions(SecretId) {
      return (await client.send(new DescribeSecretCommand({ SecretId }))).VersionIdsToStages ?? {}
    },
    async pending(SecretId, VersionId) {
      try {
        const command = new GetSecretValueCommand({ SecretId, VersionId, VersionStage: 'AWSPENDING' })
        return (await client.send(command)).SecretString
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined
        throw error
      }
    },
    async writePending(SecretId, ClientRequestToken, SecretString) {
      const VersionStages = ['AWSPENDING']
      await client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString, VersionStages }))
    },
    async makeCurrent(SecretId, MoveToVersionId, RemoveFromVersionId) {
      const VersionStage = 'AWSCURRENT'
      await client.send(
        new UpdateSecretVersionStageCommand({ SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId }),
      )
    },
    async randomText(PasswordLength) {
      const { RandomPassword } = await client.send(
        new GetRandomPasswordCommand({ PasswordLength, ExcludePunctuation: true }),
      )
      if (!RandomPassword) throw new Error('Secrets Manager gave no random text')
      return RandomPassword
    },
  }
}
