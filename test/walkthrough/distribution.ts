import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { account } from '../../stacks/environments.ts'

/** A cache behaviour of the distribution that was applied. */
export interface Behaviour {
  readonly matches: (path: string) => boolean
  readonly origin: string
  readonly methods: readonly string[]
  /** Headers of its response headers policy. */
  readonly headers: Readonly<Record<string, string>>
  /** Its function at a viewer's request: the path that is asked of the origin. */
  readonly rewrite: (path: string) => string
}

interface WrittenBehaviour {
  readonly path_pattern?: string
  readonly target_origin_id: string
  readonly allowed_methods: readonly string[]
  readonly response_headers_policy_id?: string
  readonly function_association?: readonly { readonly function_arn: string }[]
}

interface PolicyAttributes {
  readonly custom_headers_config: readonly { readonly items: readonly { header: string; value: string }[] }[]
  readonly security_headers_config: readonly {
    readonly content_security_policy: readonly { content_security_policy: string }[]
    readonly content_type_options: readonly object[]
    readonly frame_options: readonly { frame_option: string }[]
    readonly referrer_policy: readonly { referrer_policy: string }[]
    readonly strict_transport_security: readonly { access_control_max_age_sec: number; include_subdomains: boolean }[]
  }[]
}

interface State {
  readonly resources: readonly {
    readonly module?: string
    readonly type: string
    readonly name: string
    readonly instances: readonly { readonly attributes: object }[]
  }[]
}

/**
 * The behaviours of an environment's distribution in a clone, in their order: as Terraform was told them, with policies and function as they
 * were applied. (The simulated account forgets which behaviour has which.)
 */
export async function behavioursOf(clone: string, environment: string, s3: S3Client): Promise<Behaviour[]> {
  const json = async (...path: string[]) => JSON.parse(await readFile(join(clone, ...path), 'utf8')) as unknown
  const written = (await json('cdktf.out', 'stacks', environment, 'modules', 'website', 'main.tf.json')) as {
    resource: {
      aws_cloudfront_distribution: {
        main: { ordered_cache_behavior: WrittenBehaviour[]; default_cache_behavior: WrittenBehaviour }
      }
    }
  }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: account.stateBucket, Key: `${environment}.tfstate` }))
  const state = JSON.parse((await Body?.transformToString()) ?? '') as State
  /** What was applied of a resource that an expression such as ${aws_cloudfront_function.x.arn} names. */
  const applied = <T>(expression: string): T => {
    const [, type, name] = /^\$\{(\w+)\.(\w+)\./.exec(expression) ?? []
    const found = state.resources.find(
      (one) => one.module === 'module.website' && one.type === type && one.name === name,
    )
    if (!found?.instances[0]) throw new Error(`${expression} was not applied`)
    return found.instances[0].attributes as T
  }
  const { ordered_cache_behavior: ordered, default_cache_behavior: last } =
    written.resource.aws_cloudfront_distribution.main
  return [...ordered, last].map((one) => {
    const policy = one.response_headers_policy_id
    const code = one.function_association?.[0]?.function_arn
    return {
      matches: matcher(one.path_pattern ?? '*'),
      origin: one.target_origin_id,
      methods: one.allowed_methods,
      headers: policy ? headersOf(applied<PolicyAttributes>(policy)) : {},
      rewrite: code ? functionOf(applied<{ code: string }>(code).code) : (path) => path,
    }
  })
}

/** CloudFront's patterns: `*` stands for any characters, `?` for one. */
function matcher(pattern: string): (path: string) => boolean {
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const whole = new RegExp(`^${expression.startsWith('/') ? '' : '/?'}${expression}$`)
  return (path) => whole.test(path)
}

function functionOf(code: string): (path: string) => string {
  const handler = new Function('event', `${code}; return handler(event)`) as (event: object) => { uri: string }
  return (uri) => handler({ request: { uri } }).uri
}

function headersOf({ custom_headers_config: custom, security_headers_config: [secure] }: PolicyAttributes) {
  const headers: Record<string, string> = {}
  const set = (name: string, value: string | undefined) => {
    if (value !== undefined) headers[name] = value
  }
  const hsts = secure?.strict_transport_security[0]
  set('content-security-policy', secure?.content_security_policy[0]?.content_security_policy)
  set('x-content-type-options', secure?.content_type_options[0] && 'nosniff')
  set('x-frame-options', secure?.frame_options[0]?.frame_option)
  set('referrer-policy', secure?.referrer_policy[0]?.referrer_policy)
  set(
    'strict-transport-security',
    hsts && `max-age=${hsts.access_control_max_age_sec}${hsts.include_subdomains ? '; includeSubDomains' : ''}`,
  )
  for (const { items } of custom) for (const { header, value } of items) set(header.toLowerCase(), value)
  return headers
}
