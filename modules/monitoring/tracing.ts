import { XraySamplingRule } from '@cdktf/provider-aws/lib/xray-sampling-rule/index.js'
import type { Construct } from 'constructs'

/** Guide 6, "X-Ray": which requests are traced. Rules of one priority are taken by name, so each has its own. */
export function sampling(scope: Construct, name: string, serviceName: string): void {
  const rule = (id: string, priority: number, urlPath: string, perSecond: number, share: number) =>
    new XraySamplingRule(scope, id, {
      ruleName: `${name}-${id}`,
      priority,
      version: 1,
      serviceName,
      serviceType: '*',
      host: '*',
      httpMethod: '*',
      urlPath,
      resourceArn: '*',
      reservoirSize: perSecond,
      fixedRate: share,
    })
  rule('health', 900, '/health', 0, 0) // nobody looks at these
  rule('analyses', 901, '/api/v1/analyze*', 1, 0.2) // seconds long and few: worth more of them
  rule('others', 902, '*', 1, 0.05)
}
