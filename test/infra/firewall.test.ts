import t from 'tap'
import { firewall } from '../../modules/firewall/firewall.ts'
import { rules } from '../../modules/firewall/rules.ts'
import type { Statement } from '../../modules/firewall/statements.ts'
import type { TerraformJson } from '../../modules/stack.ts'

const built = (scope: 'REGIONAL' | 'CLOUDFRONT') =>
  (JSON.parse(String(firewall.build({ scope }).files.get('main.tf.json'))) as TerraformJson).resource ?? {}

const all = rules(1000)
const last = all.at(-1)?.statement as Statement

interface Request {
  readonly path: string
  /** What the managed groups have marked. */
  readonly labels: readonly string[]
}

/** What WAF makes of our own statements. */
function matches(statement: Statement, request: Request): boolean {
  if ('and_statement' in statement) return statement.and_statement.statement.every((each) => matches(each, request))
  if ('or_statement' in statement) return statement.or_statement.statement.some((each) => matches(each, request))
  if ('not_statement' in statement) return !matches(statement.not_statement.statement[0], request)
  if ('label_match_statement' in statement) return request.labels.includes(statement.label_match_statement.key)
  if ('byte_match_statement' in statement) return request.path.startsWith(statement.byte_match_statement.search_string)
  throw new Error(`not a statement of the last rule: ${Object.keys(statement)}`)
}

t.test('a photo of 16 MB passes, the same body elsewhere does not', async (t) => {
  const labels = ['awswaf:managed:aws:core-rule-set:SizeRestrictions_Body']
  for (const path of ['/api/v1/analyze', '/api/v1/analyze/batch', '/api/v1/ingest', '/api/v1/shift-report']) {
    t.notOk(matches(last, { path, labels }), path)
  }
  for (const path of ['/api/v1/session', '/api/v1/defects', '/', '/other/api/v1/analyze']) {
    t.ok(matches(last, { path, labels }), path)
  }
  t.notOk(matches(last, { path: '/api/v1/session', labels: [] }), 'a body that nothing is wrong with')
})

t.test('a photo whose bytes look like SQL passes, elsewhere such a body does not', async (t) => {
  for (const rule of ['SQLi_Body', 'SQLiExtendedPatterns_Body']) {
    const labels = [`awswaf:managed:aws:sql-database:${rule}`]
    t.notOk(matches(last, { path: '/api/v1/analyze', labels }), rule)
    t.ok(matches(last, { path: '/api/v1/session', labels }), rule)
    const counted = JSON.stringify(all.map(({ statement }) => statement))
    t.match(counted, `{"name":"${rule.replace('_Body', '_BODY')}","action_to_use":{"count":{}}}`)
  }
})

t.test('each body rule that is only counted is enforced by the last rule', async (t) => {
  const counted = all.flatMap(({ statement }) => {
    const group = (statement as Statement & { managed_rule_group_statement?: unknown }).managed_rule_group_statement
    return group ? (group as { rule_action_override: { name: string }[] }).rule_action_override : []
  })
  const names = counted.map(({ name }) => name)
  t.ok(names.includes('SizeRestrictions_BODY'), 'photos are over its 8 KB')
  t.ok(names.includes('NoUserAgent_HEADER'), 'cameras send none')
  const text = JSON.stringify(last)
  for (const name of names.filter((each) => each.endsWith('_BODY'))) {
    t.match(text, new RegExp(`:${name.replace('_BODY', '_Body')}"`), name)
  }
  t.strictSame(
    names.filter((each) => !each.endsWith('_BODY')),
    ['NoUserAgent_HEADER'],
    'nothing else is let through',
  )
})

t.test('statements have the keys of Terraform, and priorities are those of the list', async (t) => {
  const keys = (value: unknown): string[] =>
    Array.isArray(value)
      ? value.flatMap(keys)
      : value !== null && typeof value === 'object'
        ? Object.entries(value).flatMap(([key, inner]) => [key, ...keys(inner)])
        : []
  const found = all.flatMap(({ statement }) => keys(statement))
  t.ok(found.length > 20)
  t.strictSame(
    found.filter((key) => !/^[a-z]+(_[a-z]+)*$/.test(key)),
    [],
  )
  t.strictSame(
    all.map(({ priority }) => priority),
    all.map((_, index) => index),
  )
})

t.test('too many requests of one address get 429', async (t) => {
  const [limit] = all
  t.match(limit?.statement, { rate_based_statement: { limit: 1000, aggregate_key_type: 'IP' } })
  t.match(limit?.action, { block: { customResponse: { responseCode: 429 } } })
})

t.test('keys and sessions are in no log and no sample', async (t) => {
  const resources = built('REGIONAL')
  const logging = JSON.stringify(resources.aws_wafv2_web_acl_logging_configuration)
  for (const name of ['x-api-key', 'authorization', 'cookie', 'query_string']) t.ok(logging.includes(`"${name}"`), name)
  const acl = JSON.stringify(resources.aws_wafv2_web_acl)
  t.notOk(acl.includes('"sampled_requests_enabled":true'))
  t.equal(acl.match(/"sampled_requests_enabled":false/g)?.length, all.length + 1)
})

t.test('before a load balancer it is attached; for CloudFront all of it is in us-east-1', async (t) => {
  t.ok(built('REGIONAL').aws_wafv2_web_acl_association)
  const edge = built('CLOUDFRONT')
  t.notOk(edge.aws_wafv2_web_acl_association, 'the distribution names it')
  for (const [type, named] of Object.entries(edge)) {
    for (const [name, values] of Object.entries(named)) t.equal(values.provider, 'aws.us_east_1', `${type}.${name}`)
  }
  for (const named of Object.values(built('REGIONAL'))) {
    for (const values of Object.values(named)) t.notOk(values.provider, 'the region of the rest')
  }
})
