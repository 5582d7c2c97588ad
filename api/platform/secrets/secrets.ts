import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { type Config, KEY_FORM } from '../../config/config.ts'
import { loadOrCreateSecretKey } from '../http/secrets.ts'
import { fixedSecret, type LiveSecret, liveSecret, type SecretLog } from './live-secret.ts'

export interface Secrets {
  /** The administrator's key; null: the API is open. */
  apiKey: LiveSecret | null
  /** Signs sessions and image URLs. */
  secretKey: LiveSecret
  close(): void
}

/** Short, because startup and requests with an unknown key wait for the answer. */
const CONNECT_TIMEOUT_MS = 1_000
const ANSWER_TIMEOUT_MS = 2_000

/**
 * The two secrets that may change at run time: from AWS Secrets Manager if an ARN names them (AWS_ENDPOINT_URL is
 * honoured), otherwise from the environment.
 */
export async function openSecrets(config: Config, log: SecretLog): Promise<Secrets> {
  const developmentKey = () => loadOrCreateSecretKey(config.dataDir)
  const apiKey = config.apiKey === null ? null : { current: config.apiKey, previous: null }
  const secretKey = { current: config.secretKey ?? developmentKey(), previous: config.secretKeyPrevious }
  const client = new SecretsManagerClient({
    region: config.awsRegion,
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: ANSWER_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  })
  const open = async (name: string, arn: string | null, fallback: { current: string; previous: string | null }) =>
    arn === null
      ? fixedSecret(fallback.current, fallback.previous)
      : liveSecret({ name, arn, client, valid: KEY_FORM, fallback, log })
  const [forApiKey, forSecretKey] = await Promise.all([
    apiKey && open('API_KEY', config.apiKeySecretArn, apiKey),
    open('SECRET_KEY', config.secretKeySecretArn, secretKey),
  ])
  return {
    apiKey: forApiKey,
    secretKey: forSecretKey,
    close() {
      forApiKey?.close()
      forSecretKey.close()
      client.destroy()
    },
  }
}
