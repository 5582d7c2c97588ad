import { RotateSecretCommand } from '@aws-sdk/client-secrets-manager'
import { Failure } from '../lib/failures.ts'
import { chosenSecret, explainSecret, putValue, randomText, takenUp } from './secret-store.ts'

/** As long as the first value that Terraform draws. */
const apiKeyLength = 43

/** Rotates a secret now, without showing a value. */
export async function rotate(env: NodeJS.ProcessEnv): Promise<void> {
  const chosen = chosenSecret(env)
  const { client, environment, id, name } = chosen
  switch (name) {
    case 'azure-api-key':
      throw new Failure(
        `Azure makes this key: make a new one there (KEY 2), then make secret ENV=${environment} NAME=azure-api-key.`,
      )
    case 'api-key': {
      const version = await putValue(chosen, await randomText(chosen, apiKeyLength))
      console.log(
        `${id}: a new value is current as version ${version}. Give it to all who hold the old one. ${takenUp(chosen)}`,
      )
      return
    }
    case 'secret-key': {
      const command = new RotateSecretCommand({ SecretId: id, RotateImmediately: true })
      await client.send(command).catch((error: unknown) => explainSecret(error, id, environment))
      console.log(`${id}: the rotation has started; a failure is alarmed. ${takenUp(chosen)}`)
    }
  }
}
