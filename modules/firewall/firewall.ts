import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js'
import { CloudwatchLogResourcePolicy } from '@cdktf/provider-aws/lib/cloudwatch-log-resource-policy/index.js'
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl/index.js'
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association/index.js'
import { Wafv2WebAclLoggingConfiguration } from '@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration/index.js'
import { defineModule } from '../define.ts'
import { policy } from '../iam.ts'
import { number, text } from '../inputs.ts'
import { rules, tooMany, visibility } from './rules.ts'

/** Synth-time choices of the firewall. */
export interface FirewallOptions {
  /** In front of a load balancer, or of CloudFront (which takes it from us-east-1 only). */
  readonly scope: 'REGIONAL' | 'CLOUDFRONT'
}

const options: FirewallOptions = { scope: 'REGIONAL' }

/** What must not be in a log: keys, sessions, and the signatures in the query of image links. */
const redacted = [
  { singleHeader: { name: 'x-api-key' } },
  { singleHeader: { name: 'authorization' } },
  { singleHeader: { name: 'cookie' } },
  { queryString: {} },
]

/** Web ACL (guide, "WAF: Optional Web Application Firewall for ALB"). */
export const firewall = defineModule('firewall', {
  description: 'WAF: managed rules that let photos through, a rate limit per address, logs without keys',
  inputs: {
    name: text('Name of the web ACL', { pattern: ['^[a-zA-Z0-9_-]{1,100}$', 'Letters, digits, _ and -.'] }),
    rateLimit: number('Requests of one address in five minutes; more get 429', {
      default: 10000,
      min: 10,
      max: 2000000000,
    }),
    loadBalancerArn: text('What it protects, with the scope REGIONAL', { default: null }),
    kmsKeyArn: text("Key of the logs, in the web ACL's region (default: the key of CloudWatch Logs)", {
      default: null,
    }),
    logDays: number('Days that logs are kept', { default: 365, min: 1 }),
  },
  options,
  providerAliases: ['us_east_1'],
  outputs: { webAclArn: 'ARN of the web ACL, as CloudFront takes it', webAclName: 'How metrics name it' },
  resources(scope, input, { scope: place }) {
    const at = place === 'CLOUDFRONT' ? { provider: scope.provider('us_east_1') } : {}
    const account = new DataAwsCallerIdentity(scope, 'current', {})
    const acl = new Wafv2WebAcl(scope, 'main', {
      ...at,
      name: input.name,
      description: 'Managed rules and a rate limit per address',
      scope: place,
      defaultAction: { allow: {} },
      rule: rules(input.rateLimit),
      customResponseBody: [
        {
          key: tooMany,
          contentType: 'APPLICATION_JSON',
          content: JSON.stringify({
            title: 'Too many requests',
            status: 429,
            detail: 'Too many requests from this address. Wait a few minutes.',
            success: false,
            error: 'Too many requests from this address. Wait a few minutes.',
          }),
        },
      ],
      visibilityConfig: visibility(input.name),
    })
    const logGroup = new CloudwatchLogGroup(scope, 'logs', {
      ...at,
      name: `aws-waf-logs-${input.name}`, // WAF insists on this beginning
      retentionInDays: input.logDays,
      kmsKeyId: input.kmsKeyArn,
    })
    const mayWrite = new CloudwatchLogResourcePolicy(scope, 'log_delivery', {
      ...at,
      policyName: `${input.name}-firewall-logs`,
      // https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
      policyDocument: policy([
        {
          sid: 'FirewallWritesItsLog',
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [`${logGroup.arn}:*`],
          principals: { Service: ['delivery.logs.amazonaws.com'] },
          conditions: { StringEquals: { 'aws:SourceAccount': account.accountId } },
        },
      ]),
    })
    new Wafv2WebAclLoggingConfiguration(scope, 'logging', {
      ...at,
      resourceArn: acl.arn,
      logDestinationConfigs: [logGroup.arn],
      redactedFields: redacted,
      // What passed is in the load balancer's log already; here is what was stopped or marked.
      loggingFilter: {
        defaultBehavior: 'DROP',
        filter: [
          {
            behavior: 'KEEP',
            requirement: 'MEETS_ANY',
            condition: (['BLOCK', 'COUNT'] as const).map((action) => ({ actionCondition: { action } })),
          },
        ],
      },
      dependsOn: [mayWrite],
    })
    if (place === 'REGIONAL') {
      new Wafv2WebAclAssociation(scope, 'association', { resourceArn: input.loadBalancerArn, webAclArn: acl.arn })
    }
    return { webAclArn: acl.arn, webAclName: acl.name }
  },
})
