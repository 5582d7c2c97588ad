import { CloudwatchLogDelivery } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery/index.js'
import { CloudwatchLogDeliveryDestination } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination/index.js'
import { CloudwatchLogDeliverySource } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-source/index.js'
import type { ModuleScope } from '../define.ts'
import { ifMade, onlyIf } from '../each.ts'

interface Settings {
  readonly name: string
  readonly distributionArn: string
  readonly logBucketArn: string
}

/**
 * CloudFront's access logs in a bucket: standard logging v2, as the older kind needs ACLs on the bucket. CloudFront's logs are set up in
 * us-east-1, wherever the bucket is.
 */
export function accessLogs(scope: ModuleScope, { name, distributionArn, logBucketArn }: Settings): void {
  const provider = scope.provider('us_east_1')
  const source = new CloudwatchLogDeliverySource(scope, 'access_log_source', {
    provider,
    name: `${name}-cloudfront`,
    logType: 'ACCESS_LOGS',
    resourceArn: distributionArn,
  })
  const destination = new CloudwatchLogDeliveryDestination(scope, 'access_log_destination', {
    provider,
    name: `${name}-cloudfront`,
    outputFormat: 'json',
    deliveryDestinationConfiguration: [{ destinationResourceArn: `${logBucketArn}/cloudfront` }],
  })
  const delivery = new CloudwatchLogDelivery(scope, 'access_log_delivery', {
    provider,
    deliverySourceName: ifMade(source, 'name'),
    deliveryDestinationArn: ifMade(destination, 'arn'),
  })
  for (const made of [source, destination, delivery]) onlyIf(made, 'var.access_logs')
}
