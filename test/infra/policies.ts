import { resourcesOf } from '../../stacks/addresses.ts'
import { makeStack, stackNames } from '../../stacks/stacks.ts'

/** A policy document of a stack, with examples in the place of what only an apply knows. */
export interface PolicyDocument {
  /** Stack, address and argument, such as `prod module.service.aws_iam_role.execution assume_role_policy`. */
  readonly id: string
  readonly document: string
}

/** Every policy document that the stacks synthesize: of identities, of resources, and who may take a role. */
export function policyDocuments(): PolicyDocument[] {
  return stackNames.flatMap((name) => {
    // With all that a setting can add.
    const resources = resourcesOf(
      makeStack(name, name === 'account' ? [] : ['service.separateWorker=true', 'service.shell=true']),
    )
    return resources.flatMap(({ address, arguments: given }) =>
      Object.entries(given).flatMap(([argument, value]) =>
        typeof value === 'string' && value.includes('2012-10-17')
          ? [{ id: `${name} ${address} ${argument}`, document: resolved(value) }]
          : [],
      ),
    )
  })
}

/** Turns `${jsonencode({...})}` in Terraform's language into JSON. */
function resolved(expression: string): string {
  const body = expression
    .replace(/^\$\{jsonencode\((.*)\)\}$/s, '$1')
    .replace(/concat\((\[[^\]]*\]), values\([^)]*\)\)/g, '$1') // secrets made elsewhere: none here
  return body.replace(/"(?:[^"\\]|\\.)*"|[{}[\],=\s]|[^"{}[\],=\s]+/g, (token) => {
    if (token.startsWith('"')) return token.replace(/\$\{([^}]+)\}/g, (_, reference: string) => example(reference))
    if (token === '=') return ':'
    return /^[{}[\],\s]$/.test(token) ? token : JSON.stringify(example(token))
  })
}

const account = '123456789012'
const region = 'us-east-1'

/** What a reference may stand for, by its pattern: the first that fits. */
const examples: readonly (readonly [pattern: RegExp, value: string])[] = [
  [/^data\.aws_caller_identity\.\w+\.account_id$/, account],
  [/^data\.aws_region\.\w+\.id$/, region],
  [/^aws_s3_bucket\.\w+\.arn$|^var\.\w*bucket_arn$/, 'arn:aws:s3:::wiko-bucket'],
  [/^var\.\w*bucket_name$/, 'wiko-bucket'],
  [/^aws_cloudwatch_log_group\.\w+\.arn$/, `arn:aws:logs:${region}:${account}:log-group:/wiko/logs`],
  [/^aws_sns_topic\.\w+\.arn$/, `arn:aws:sns:${region}:${account}:wiko-topic`],
  [
    /^(var\.|aws_kms_key\.)\w*kms_key_arn$/,
    `arn:aws:kms:${region}:${account}:key/11111111-2222-3333-4444-555555555555`,
  ],
  [
    /^aws_secretsmanager_secret\.\w+\.arn$|^var\.\w+(_key|_url|_secret)_arn$/,
    `arn:aws:secretsmanager:${region}:${account}:secret:wiko/secret-AbCdEf`,
  ],
  [/^var\.cloudfront_source$/, 'wiko-web-cloudfront'],
  [/^var\.database_user_arn$/, `arn:aws:rds-db:${region}:${account}:dbuser:db-ABCDEFGH/wiko_api`],
  [/^var\.cache_arn$/, `arn:aws:elasticache:${region}:${account}:replicationgroup:wiko-redis`],
  [/^var\.cache_user_arn$/, `arn:aws:elasticache:${region}:${account}:user:wiko-api`],
  [/^aws_cloudfront_distribution\.\w+\.arn$/, `arn:aws:cloudfront::${account}:distribution/E1ABCDEFGHIJKL`],
  [
    /^(aws_iam_openid_connect_provider\.\w+\.arn|var\.provider_arn)$/,
    `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
  ],
  [/^var\.(plan_)?subjects$/, 'repo:wiko/wiko-defect-analyzer:environment:prod'],
  [/^var\.(name|environment|tag|repository)$/, 'wiko'],
]

function example(reference: string): string {
  const found = examples.find(([pattern]) => pattern.test(reference))
  if (found === undefined) throw new Error(`No example for ${reference}: add one to ${import.meta.filename}`)
  return found[1]
}
