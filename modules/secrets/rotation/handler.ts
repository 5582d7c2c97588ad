import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { type RotationEvent, rotate } from './rotate.ts'
import { secretsManager } from './store.ts'

const store = secretsManager(new SecretsManagerClient())

/** Called by Secrets Manager, once for each step of a rotation. */
export const handler = (event: RotationEvent) => rotate(event, store)
