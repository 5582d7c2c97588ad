import { number, text, texts } from '../inputs.ts'

/** Inputs of the monitoring module. */
export const inputs = {
  name: text('Prefix of the names of alarms, and name of the dashboard', {
    pattern: ['^[a-zA-Z0-9_-]{1,100}$', 'Letters, digits, _ and -.'],
  }),
  topicName: text('Name of the topic that alarms go to'),
  alertEmails: texts('Addresses that alarms go to; each has to confirm by the mail it gets', { default: [] }),
  kmsKeyArn: text('Key that encrypts the messages; CloudWatch and EventBridge must be allowed to use it'),
  environment: text("Value of the metrics' dimension: the API's ENVIRONMENT", { default: 'production' }),

  loadBalancerArnSuffix: text('How metrics name the load balancer'),
  targetGroupArnSuffix: text('How metrics name the target group'),
  clusterName: text('Name of the ECS cluster'),
  serviceName: text('Name of the ECS service'),
  serviceArn: text('ARN of the ECS service, as events name it'),
  maxTasks: number('Most tasks that autoscaling may start', { min: 1 }),
  latencyScalingPolicyArn: text('Scaling policy that the latency alarm calls'),
  logGroupName: text("Log group of the API's containers"),
  databaseId: text('Identifier of the database instance'),
  databaseConnections: number('Connections that the database allows', { min: 1 }),
  databaseMemory: number('GiB of memory of the database', { min: 1 }),
  databaseStorage: number('GiB of storage of the database at first', { min: 1 }),
  cacheGroupId: text("Id of the cache's replication group"),
  imagesBucketName: text('Bucket of the images'),
  rotationFunctionName: text('Function that rotates secrets'),

  errorRatePercent: number('Share of 5xx answers that is alarmed', { default: 5, min: 0 }), // guide 6.3
  trafficFloor: number('Requests in five minutes below which no rate is alarmed: one error of two is no rate', {
    default: 20,
    min: 1,
  }),
  ownLatencyMs: number('p95 of the own time of an analysis that is alarmed and scaled on', { default: 3000, min: 1 }), // guide 6.3
  totalLatencySeconds: number('p95 of whole answers, model included, that is alarmed', { default: 20, min: 1 }),
}
