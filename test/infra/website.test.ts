import t from 'tap'
import { render } from '../../modules/stack.ts'
import { handler, screenPathCode } from '../../modules/website/screen-path.ts'
import { resourcesByType } from '../../ops/infra/cost.ts'
import { resourcesOf } from '../../stacks/addresses.ts'
import { makeStack } from '../../stacks/stacks.ts'

type Values = Readonly<Record<string, unknown>>
interface Behaviour {
  readonly path_pattern?: string
  readonly target_origin_id: string
  readonly viewer_protocol_policy: string
  readonly cache_policy_id: string
}

const environment = (name: string) => {
  const resources = resourcesOf(makeStack(name))
  return (address: string): Values => {
    const found = resources.find((resource) => resource.address === address)
    if (!found) throw new Error(`${address} is not in ${name}`)
    return found.arguments
  }
}
const prod = environment('prod')
const staging = environment('staging')
const distribution = (of: typeof prod) => of('module.website.aws_cloudfront_distribution.main')
const behaviours = (of: typeof prod) => distribution(of).ordered_cache_behavior as readonly Behaviour[]

t.test('a path without a dot is a screen of the page, a file stays what it is', async (t) => {
  const cloudfront = new Function('event', `${screenPathCode}; return handler(event)`) as typeof handler
  for (const run of [handler, cloudfront]) {
    const answered = (uri: string) => run({ request: { uri } }).uri
    for (const screen of ['/', '/history', '/analyses/DEF-20260101-ABCDEF12', '/v1.2/screen', '/history/']) {
      t.equal(answered(screen), '/index.html', screen)
    }
    for (const file of ['/index.html', '/assets/main-3fA9.js', '/favicon.svg', '/assets/missing.css']) {
      t.equal(answered(file), file)
    }
  }
})

t.test("the distribution is the guide's", async (t) => {
  t.match(distribution(prod), {
    enabled: true,
    default_root_object: 'index.html',
    is_ipv6_enabled: true,
    default_cache_behavior: {
      viewer_protocol_policy: 'redirect-to-https',
      compress: true,
      allowed_methods: ['GET', 'HEAD'],
    },
    viewer_certificate: { ssl_support_method: 'sni-only', minimum_protocol_version: 'TLSv1.2_2021' },
  })
  t.match(render(makeStack('prod')).module?.website, {
    bucket_name: 'wiko-frontend-prod',
    domain_name: 'defect-analyzer.wiko.com',
    api_origins: ['https://api.wiko-defect-analyzer.com'],
  })
})

t.test('the bucket is private: this distribution alone reads it, and a missing file is a 404', async (t) => {
  const policy = String(prod('module.website.aws_s3_bucket_policy.web_policy').policy)
  t.match(policy, /"cloudfront\.amazonaws\.com"/)
  t.equal(policy.match(/"aws:SourceArn" = aws_cloudfront_distribution\.main\.arn/g)?.length, 2)
  t.match(policy, /"s3:ListBucket"/)
  const kept = policy.split('"Sid"').find((one) => one.includes('KeptPagesAreNotPublic'))
  t.match(kept, /"Effect" = "Deny".*"s3:GetObject".*\/releases\/\*/)
  t.notMatch(policy, /"Principal" = "\*"(?!, "Action" = "s3:\*")/, 'only the refusal of plain HTTP is for everyone')
  t.match(prod('module.website.aws_cloudfront_origin_access_control.access'), {
    signing_behavior: 'always',
    signing_protocol: 'sigv4',
  })
  for (const stack of [prod, staging]) {
    t.notOk(JSON.stringify(distribution(stack)).includes('response_page_path'), 'no error is turned into the page')
    const errors = distribution(stack).custom_error_response as readonly Values[]
    t.ok(
      errors.every((error) => error.error_caching_min_ttl === 0),
      'no error is kept',
    )
  }
})

t.test('hashed files are kept for a year, index.html never', async (t) => {
  const year = prod('module.website.aws_cloudfront_cache_policy.year')
  t.match(year, { min_ttl: 0, default_ttl: 31536000, max_ttl: 31536000 })
  const assets = behaviours(prod).find(({ path_pattern }) => path_pattern === '/assets/*')
  t.match(assets?.cache_policy_id, /aws_cloudfront_cache_policy\.year\.id/)
  t.match(prod('module.website.aws_cloudfront_response_headers_policy.screen_headers'), {
    custom_headers_config: {
      items: [{ header: 'Cache-Control', value: 'no-cache, no-store, must-revalidate', override: true }],
    },
  })
  t.notOk(
    'custom_headers_config' in prod('module.website.aws_cloudfront_response_headers_policy.file_headers'),
    'a missing file must not be kept as missing',
  )
})

t.test('the page carries its security headers', async (t) => {
  for (const name of ['screen_headers', 'file_headers']) {
    const { security_headers_config: headers } = prod(`module.website.aws_cloudfront_response_headers_policy.${name}`)
    t.match(headers, {
      strict_transport_security: { access_control_max_age_sec: 31536000, include_subdomains: true },
      content_type_options: { override: true },
      frame_options: { frame_option: 'DENY' },
      referrer_policy: { referrer_policy: 'no-referrer' },
    })
    const csp = JSON.stringify(headers)
    t.match(csp, /default-src 'self'; script-src 'self'; style-src 'self';/)
    t.match(csp, /connect-src 'self' \$\{join\(.*var\.api_origins\)\}/)
    t.match(csp, /worker-src 'self'; manifest-src 'self'/)
    t.match(csp, /frame-ancestors 'none'/)
    t.notMatch(csp, /unsafe-eval|script-src[^;]*unsafe-inline/)
  }
})

t.test('with domains the API has its own way in, without them CloudFront forwards it', async (t) => {
  t.same(
    behaviours(prod).map(({ path_pattern }) => path_pattern),
    ['/assets/*'],
  )
  const api = behaviours(staging).filter(({ target_origin_id }) => target_origin_id === 'load-balancer')
  t.same(
    api.map(({ path_pattern }) => path_pattern),
    ['/api/*', '/health', '/ready', '/openapi.json', '/docs', '/docs/*'],
  )
  for (const behaviour of api) {
    t.match(behaviour, {
      viewer_protocol_policy: 'redirect-to-https',
      cache_policy_id: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', // CachingDisabled
      origin_request_policy_id: '33f36d7e-f396-46d9-90e0-52428a34d9dc', // AllViewerAndCloudFrontHeaders-2022-06
      allowed_methods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
    })
  }
  t.match(distribution(staging).origin, [
    {},
    {
      origin_id: 'load-balancer',
      custom_header: [{ name: 'X-Origin-Verify', value: /sensitive\(var\.origin_header_value\)/ }],
      custom_origin_config: {
        origin_protocol_policy: 'http-only',
        origin_read_timeout: 60,
        origin_keepalive_timeout: 60,
      },
    },
  ])
})

t.test('the names: certificates by DNS where CloudFront and the load balancer need them, IPv4 and IPv6', async (t) => {
  const { module } = render(makeStack('prod'))
  t.match(module?.web_domain?.providers, { 'aws.certificate': 'aws.us_east_1' })
  t.match(module?.api_domain?.providers, { 'aws.certificate': 'aws' })
  t.equal(prod('module.web_domain.aws_acm_certificate.certificate').validation_method, 'DNS')
  t.ok(prod('module.web_address.aws_route53_record.a'))
  t.ok(prod('module.web_address.aws_route53_record.aaaa'))
  t.ok(prod('module.api_address.aws_route53_record.a'))
  const records = resourcesByType(makeStack('prod'))('aws_route53_record').map(({ type }) => type)
  t.equal(records.filter((type) => type === 'AAAA').length, 1, 'the load balancer has IPv4 only')
  t.throws(() => staging('module.web_domain.aws_acm_certificate.certificate'), 'staging has no domain')
})

t.test('two names in one zone share the zone, and an existing zone is used', async (t) => {
  const zones = (...texts: string[]) => resourcesByType(makeStack('prod', texts))('aws_route53_zone').length
  const oneZone = ['domains.web.zone=wiko.com', 'domains.api.zone=wiko.com', 'domains.api.name=api.wiko.com']
  t.equal(zones(), 2)
  t.equal(zones(...oneZone), 1)
  t.equal(zones(...oneZone, 'domains.web.zoneId=Z123', 'domains.api.zoneId=Z123'), 0)
})
