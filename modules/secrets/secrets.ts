import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js'
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version/index.js'
import { defineModule } from '../define.ts'
import { permissionsBoundary } from '../iam.ts'
import { number, text } from '../inputs.ts'
import { waive } from '../waive.ts'
import { rotationFunction, rotationSchedule } from './function.ts'
import { fingerprint, randomPassword } from './values.ts'

/** The five secrets of the guide (4.1), the first value of each, and the rotation of SECRET_KEY. No value is in the state. */
export const secrets = defineModule('secrets', {
  description:
    'The five secrets of the service, their first values, and the rotation of SECRET_KEY by a function of ours',
  inputs: {
    prefix: text('Before the name of each secret', {
      default: 'wiko',
      pattern: ['^[a-z][a-z0-9-]*$', 'Lower-case letters, digits and hyphens.'],
    }),
    kmsKeyArn: text('Key that encrypts the secrets'),
    databaseUrl: text('URL of the database, without a password: the API signs in by IAM token', {
      rule: ['!can(regex("://[^/@:]*:[^/@]*@", value))', 'Must hold no password.'],
    }),
    redisUrl: text('URL of the cache, without a password', {
      rule: ['!can(regex("://[^/@:]*:[^/@]*@", value))', 'Must hold no password.'],
    }),
    secretKeyDays: number('Days between rotations of SECRET_KEY', { default: 30, min: 1, max: 90 }),
    recoveryDays: number('Days that a deleted secret can be brought back; 0 deletes at once', {
      default: 30,
      rule: ['value == 0 || (value >= 7 && value <= 30)', 'Must be 0, or 7 to 30.'],
    }),
    permissionsBoundary,
    logDays: number("Days that the rotation function's logs are kept", { default: 365, min: 1 }),
  },
  outputs: {
    azureApiKeyArn: 'Key of Azure OpenAI: an operator sets it by command',
    apiKeyArn: "The administrator's API key: rotated by command only, as the cameras hold it",
    secretKeyArn: 'Signs sessions and image links: rotated by schedule, the previous version staying valid',
    databaseUrlArn: 'URL of the database, without a password',
    redisUrlArn: 'URL of the cache, without a password',
    rotationFunctionName: 'Function that rotates, as alarms name it',
  },
  resources(scope, input) {
    const secret = (id: string, description: string) =>
      new SecretsmanagerSecret(scope, id, {
        name: `${input.prefix}/${id.replaceAll('_', '-')}`,
        description,
        kmsKeyId: input.kmsKeyArn,
        recoveryWindowInDays: input.recoveryDays,
      })
    const azureApiKey = secret('azure_api_key', 'Azure OpenAI API Key')
    const apiKey = secret('api_key', "The administrator's API key")
    const secretKey = secret('secret_key', 'Signs sessions and image links')
    const databaseUrl = secret('database_url', 'Database URL without a password')
    const redisUrl = secret('redis_url', 'Redis URL without a password')

    waive(azureApiKey, 'CKV2_AWS_57', 'Azure makes this key: an operator sets it by command')
    waive(apiKey, 'CKV2_AWS_57', 'The cameras hold this key: an operator rotates it by command')
    for (const url of [databaseUrl, redisUrl]) waive(url, 'CKV2_AWS_57', 'Holds no secret: a URL without a password')

    // A task does not start while a secret has no value at all, so the Azure key begins with one that says what to do.
    firstValue(azureApiKey, 'set-it-with-make-secret', 1)
    firstValue(apiKey, randomPassword(scope, 'api_key_value', 43), 1)
    firstValue(secretKey, randomPassword(scope, 'secret_key_value', 64), 1)
    // These follow what they describe: another address is another version.
    firstValue(databaseUrl, input.databaseUrl, fingerprint(input.databaseUrl))
    firstValue(redisUrl, input.redisUrl, fingerprint(input.redisUrl))

    const rotation = rotationFunction(scope, {
      name: `${input.prefix}-secret-rotation`,
      secretArns: [secretKey.arn],
      kmsKeyArn: input.kmsKeyArn,
      permissionsBoundary: input.permissionsBoundary,
      logDays: input.logDays,
    })
    rotationSchedule(secretKey, rotation, input.secretKeyDays)
    return {
      azureApiKeyArn: azureApiKey.arn,
      apiKeyArn: apiKey.arn,
      secretKeyArn: secretKey.arn,
      databaseUrlArn: databaseUrl.arn,
      redisUrlArn: redisUrl.arn,
      rotationFunctionName: rotation.lambda.functionName,
    }
  },
})

/** Writes a value that Terraform forgets at once. While `version` stays the same, no apply writes again: a rotated value is never lost. */
function firstValue(secret: SecretsmanagerSecret, value: string, version: number): void {
  new SecretsmanagerSecretVersion(secret, 'value', {
    secretId: secret.id,
    secretStringWo: value,
    secretStringWoVersion: version,
  })
}
