import type { Wafv2WebAclRule } from '@cdktf/provider-aws/lib/wafv2-web-acl/index.js'
import { and, labelled, managedGroup, not, or, pathUnder, rateOver, type Statement } from './statements.ts'

/** Routes that take photos, or as JSON the verdicts of a shift: bodies that rules made for forms take for attacks. */
const uploadPaths = ['/api/v1/analyze', '/api/v1/ingest', '/api/v1/shift-report'] as const

const core = 'awswaf:managed:aws:core-rule-set:'
const sql = 'awswaf:managed:aws:sql-database:'

/** Rules about bodies, by group: counted there, and enforced by our own last rule outside of the uploads. */
const bodyRules = {
  AWSManagedRulesCommonRuleSet: {
    SizeRestrictions_BODY: `${core}SizeRestrictions_Body`, // blocks all over 8 KB, and photos have up to 16 MB
    CrossSiteScripting_BODY: `${core}CrossSiteScripting_Body`, // finds `<x` in the bytes of a photo and its metadata
    GenericLFI_BODY: `${core}GenericLFI_Body`,
    GenericRFI_BODY: `${core}GenericRFI_Body`,
    EC2MetaDataSSRF_BODY: `${core}EC2MetaDataSSRF_Body`,
  },
  AWSManagedRulesSQLiRuleSet: {
    SQLi_BODY: `${sql}SQLi_Body`,
    SQLiExtendedPatterns_BODY: `${sql}SQLiExtendedPatterns_Body`,
  },
} as const

/** Cameras and shell scripts often send no User-Agent at all. */
const neverBlocked = { AWSManagedRulesCommonRuleSet: ['NoUserAgent_HEADER'] } as const

const groups = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesSQLiRuleSet',
] as const

/** Key of the body that the answer of the rate limit carries. */
export const tooMany = 'too_many_requests'

/** The rules in the order of their priority. */
export function rules(rateLimit: number): Wafv2WebAclRule[] {
  const labels = Object.values(bodyRules).flatMap((byRule): string[] => Object.values(byRule))
  const [first = '', ...more] = labels
  const outsideUploads = and(
    or([labelled(first), ...more.map(labelled)]),
    not(or([pathUnder(uploadPaths[0]), ...uploadPaths.slice(1).map(pathUnder)])),
  )
  const made: Omit<Wafv2WebAclRule, 'priority' | 'visibilityConfig'>[] = [
    {
      name: 'rate-limit',
      statement: rateOver(rateLimit) satisfies Statement,
      action: { block: { customResponse: { responseCode: 429, customResponseBodyKey: tooMany } } },
    },
    ...groups.map((name) => ({
      name,
      statement: managedGroup(name, [
        ...Object.keys((bodyRules as Partial<Record<string, object>>)[name] ?? {}),
        ...((neverBlocked as Partial<Record<string, readonly string[]>>)[name] ?? []),
      ]),
      overrideAction: { none: {} },
    })),
    { name: 'bodies-outside-uploads', statement: outsideUploads, action: { block: {} } },
  ]
  return made.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) }))
}

/** Metrics yes. Samples no: they would show the headers of requests, API keys included, to whoever may open the console. */
export const visibility = (metricName: string) => ({
  metricName,
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
})
