import type { Environment } from './settings.ts'

/** Faults, each with whether it is there. */
export type Checks = (readonly [fault: boolean, message: string])[]

/** Variables of the API that the stack sets itself. */
const ownVariables =
  /^(ENVIRONMENT|PORT|HOST|ROLE|REVIEW_SAMPLE|RATE_LIMIT_PER_IP|MAX_IMAGE_SIZE_MB|CORS_ORIGINS|TRUSTED_PROXY_HOPS|IMAGES_BUCKET|EVENTS_TOPIC_ARN|DATABASE_POOL_SIZE|REDIS_REPLICATION_GROUP|OTEL_.*|AWS_.*)$/
/** Secrets that the stack makes. */
const ownSecrets = /^(AZURE_AI_API_KEY|API_KEY|SECRET_KEY|DATABASE_URL|REDIS_URL)(_SECRET_ARN)?$/
/** Secrets that are made elsewhere. */
const otherSecrets = /^(WEBHOOK_SECRET|SECRET_KEY_PREVIOUS)$/
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/
/** Whole, as ECS wants it: Secrets Manager ends each with six characters of its own. */
const secretArn = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/

/** Faults of the API's variables and secrets; no value is quoted, as it may be a secret. */
export function variableChecks({ variables, secrets }: Environment['service']): Checks {
  const { ANALYZER, AZURE_AI_ENDPOINT, WEBHOOK_URL } = variables
  const ofBoth = (setting: string, name: string): Checks => [
    [!variableName.test(name), `${setting}: letters, digits and _ only`],
    [ownVariables.test(name), `${setting}: the stack sets it from other settings`],
  ]
  return [
    ...Object.keys(variables).flatMap((name): Checks => {
      const setting = `service.variables.${name}`
      return [
        ...ofBoth(setting, name),
        [ownSecrets.test(name), `${setting}: is a secret, which the task gets by ARN (make secret)`],
        [otherSecrets.test(name), `${setting}: is a secret: put its ARN into service.secrets`],
      ]
    }),
    ...Object.entries(secrets).flatMap(([name, arn]): Checks => {
      const setting = `service.secrets.${name}`
      return [
        ...ofBoth(setting, name),
        [ownSecrets.test(name), `${setting}: the stack makes this secret itself (make secret)`],
        [Object.hasOwn(variables, name), `${setting}: is in service.variables too`],
        [!secretArn.test(arn), `${setting}: must be the ARN of a secret, with the six characters at its end`],
      ]
    }),
    [
      ANALYZER !== 'local' && !AZURE_AI_ENDPOINT?.startsWith('https://'),
      'service.variables.AZURE_AI_ENDPOINT: the https origin of your Azure OpenAI resource is missing (or ANALYZER: local)',
    ],
    [
      WEBHOOK_URL !== undefined && !WEBHOOK_URL.startsWith('https://'),
      'service.variables.WEBHOOK_URL: must start with https://',
    ],
    [
      WEBHOOK_URL !== undefined && secrets.WEBHOOK_SECRET === undefined,
      'service.secrets.WEBHOOK_SECRET: must be set with service.variables.WEBHOOK_URL, as each call is signed',
    ],
    [
      WEBHOOK_URL === undefined && secrets.WEBHOOK_SECRET !== undefined,
      'service.variables.WEBHOOK_URL: must be set with service.secrets.WEBHOOK_SECRET',
    ],
  ]
}
