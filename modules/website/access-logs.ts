import { CloudwatchLogDelivery } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery/index.js'
import { CloudwatchLogDeliveryDestination } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination/index.js'
import { CloudwatchLogDeliverySource } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-source/index.js'
import type { ModuleScope } from '../define.ts'
import { ifMade, onlyIf } from '../each.ts'

/** Folder of CloudFront's logs in the bucket of logs, whose policy lets them in there only. */
export const cloudfrontPrefix = 'cloudfront'

/** The delivery source of a page's logs, as the policy of the bucket of logs names it. */
export const cloudfrontSource = (bucketName: string) => `${bucketName}-cloudfront`

interface Settings {
  /** Name of the page's bucket. */
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
    name: cloudfrontSource(name),
    logType: 'ACCESS_LOGS',
    resourceArn: distributionArn,
  })
  const destination = new CloudwatchLogDeliveryDestination(scope, 'access_log_destination', {
    provider,
    name: `${name}-cloudfront`,
    outputFormat: 'json',
    deliveryDestinationConfiguration: [{ destinationResourceArn: `${logBucketArn}/${cloudfrontPrefix}` }],
  })
  const delivery = new CloudwatchLogDelivery(scope, 'access_log_delivery', {
    provider,
    deliverySourceName: ifMade(source, 'name'),
    deliveryDestinationArn: ifMade(destination, 'arn'),
  })
  for (const made of [source, destination, delivery]) onlyIf(made, 'var.access_logs')
}
