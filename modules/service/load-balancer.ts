import { Lb } from '@cdktf/provider-aws/lib/lb/index.js'
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js'
import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule/index.js'
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js'
import { DataResource, Fn, type IResolvable } from 'cdktf'
import type { Construct } from 'constructs'
import type { Entry } from '../network/security-groups.ts'
import { waive } from '../waive.ts'
import { originHeader } from '../website/origin-header.ts'
import { apiPort, timing } from './timing.ts'

interface Settings {
  readonly name: string
  readonly targetGroupName: string
  readonly vpcId: string
  readonly subnetIds: string[]
  readonly securityGroupId: string
  readonly certificateArn: string
  readonly logBucket: string
  readonly protection: IResolvable
  readonly entry: Entry
}

/** The load balancer, and what a service has to wait for before it can register tasks. */
export interface Balancer {
  readonly lb: Lb
  readonly targetGroup: LbTargetGroup
  readonly listeners: readonly (LbListener | LbListenerRule)[]
  /** Where CloudFront is the only way in: the value of its header. */
  readonly originHeaderValue: string
}

/** TLS 1.2 and 1.3 with forward secrecy, and key exchange that a quantum computer does not break. */
const tlsPolicy = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09'

/** Guide 2.5, "Create Application Load Balancer". */
export function loadBalancer(scope: Construct, settings: Settings): Balancer {
  const { name, subnetIds, securityGroupId, logBucket, protection, entry } = settings
  const lb = new Lb(scope, 'main', {
    name, // guide 2.5
    internal: false, // guide 2.5: internet-facing
    loadBalancerType: 'application', // guide 2.5
    subnets: subnetIds,
    securityGroups: [securityGroupId],
    idleTimeout: timing.idle,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: 'defensive', // `strictest` would refuse old cameras that write sloppy HTTP
    xffHeaderProcessingMode: 'append', // the API counts the hops that are ours from the end
    enableDeletionProtection: protection,
    accessLogs: { bucket: logBucket, prefix: 'load-balancer', enabled: true },
    connectionLogs: { bucket: logBucket, prefix: 'load-balancer-connections', enabled: true },
  })
  waive(lb, 'CKV2_AWS_28', 'The module firewall protects it; where CloudFront is the only way in, the web ACL is there')
  const targetGroup = new LbTargetGroup(scope, 'targets', {
    name: settings.targetGroupName, // guide 2.5, and so are all values to healthCheck
    protocol: 'HTTP', // TLS ends at the load balancer; behind it only its security group reaches the tasks
    port: apiPort,
    vpcId: settings.vpcId,
    targetType: 'ip',
    healthCheck: {
      path: '/health',
      matcher: '200',
      interval: 30,
      timeout: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    },
    deregistrationDelay: String(timing.deregistration),
    // An analysis takes seconds, a look-up milliseconds: in turn, one task could get all the long ones.
    loadBalancingAlgorithmType: 'least_outstanding_requests',
  })

  return entry === 'internet'
    ? { lb, targetGroup, listeners: ownDomain(scope, lb, targetGroup, settings.certificateArn), originHeaderValue: '' }
    : { lb, targetGroup, ...onlyCloudfront(scope, lb, targetGroup) }
}

/** HTTPS with the domain's certificate; plain HTTP is answered with the way there. */
function ownDomain(scope: Construct, lb: Lb, targetGroup: LbTargetGroup, certificateArn: string) {
  const https = new LbListener(scope, 'https', {
    loadBalancerArn: lb.arn,
    port: 443, // guide 2.5
    protocol: 'HTTPS',
    sslPolicy: tlsPolicy,
    certificateArn,
    defaultAction: [{ type: 'forward', targetGroupArn: targetGroup.arn }],
  })
  const redirect = new LbListener(scope, 'http', {
    loadBalancerArn: lb.arn,
    port: 80,
    protocol: 'HTTP',
    defaultAction: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }],
  })
  return [https, redirect]
}

/**
 * Without a domain there is no certificate, so CloudFront comes by HTTP, and nobody else: its address list is in the security group, and a
 * header with a value that only our distribution knows tells it from everybody else's. The value is drawn at the first apply and stays;
 * `terraform apply -replace` of it draws another.
 */
function onlyCloudfront(scope: Construct, lb: Lb, targetGroup: LbTargetGroup) {
  const drawn = new DataResource(scope, 'origin_header', {
    input: { value: Fn.uuid() },
    lifecycle: { ignoreChanges: ['input'] },
  })
  const originHeaderValue = drawn.output.lookup('value')
  const refuse = new LbListener(scope, 'http', {
    loadBalancerArn: lb.arn,
    port: 80,
    protocol: 'HTTP',
    defaultAction: [
      {
        type: 'fixed-response',
        fixedResponse: { statusCode: '403', contentType: 'text/plain', messageBody: 'Forbidden' },
      },
    ],
  })
  const reason = 'Without a domain there is no certificate: CloudFront, which serves by HTTPS, comes by HTTP'
  waive(refuse, 'CKV_AWS_2', reason)
  waive(refuse, 'CKV_AWS_103', reason)
  waive(lb, 'CKV2_AWS_20', reason)
  waive(
    targetGroup,
    'CKV_AWS_378',
    'TLS ends before the load balancer; behind it only its security group reaches the tasks',
  )
  const forward = new LbListenerRule(scope, 'from_cloudfront', {
    listenerArn: refuse.arn,
    priority: 1,
    condition: [{ httpHeader: { httpHeaderName: originHeader, values: [Fn.sensitive(originHeaderValue)] } }],
    action: [{ type: 'forward', targetGroupArn: targetGroup.arn }],
  })
  return { listeners: [refuse, forward], originHeaderValue }
}
