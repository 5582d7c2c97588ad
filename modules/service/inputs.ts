import { permissionsBoundary } from '../iam.ts'
import { flag, number, text, textMap, texts } from '../inputs.ts'
import { collectorImage } from './collector.ts'

const secretArn = ['^arn:aws[a-z-]*:secretsmanager:', 'Must be the ARN of a secret.'] as const
const secretArns = [
  `alltrue([for arn in values(value) : can(regex("${secretArn[0]}", arn))])`,
  'Each must be the ARN of a secret.',
] as const

/** Inputs of the service module. */
export const inputs = {
  name: text('Prefix of the names of roles', {
    pattern: ['^[a-z][a-z0-9-]{1,40}$', 'Lower-case letters, digits and hyphens.'],
  }),
  environment: text('Value of ENVIRONMENT, and dimension of the metrics', { default: 'production' }), // guide 2.5
  kmsKeyArn: text('Key that encrypts logs and secrets'),
  permissionsBoundary,
  protection: flag('Refuse to delete the load balancer', { default: true }),

  loadBalancerName: text('Name of the load balancer', {
    pattern: ['^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$', 'At most 32 letters, digits and hyphens.'],
  }),
  targetGroupName: text('Name of the target group', {
    pattern: ['^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$', 'At most 32 letters, digits and hyphens.'],
  }),
  clusterName: text('Name of the cluster'),
  serviceName: text('Name of the service'),
  workerServiceName: text('Name of the worker service, with the option separateWorker', { default: null }),
  family: text('Family of the task definition'),
  criticalTopicName: text('Topic of critical verdicts', {
    pattern: ['^[a-zA-Z0-9_-]{1,256}$', 'Letters, digits, _ and -.'],
  }),
  criticalEmails: texts('Who gets them by mail', { default: [] }),
  logGroupName: text("Log group of the containers' output"),
  logDays: number('Days that it is kept', { default: 30, min: 1 }), // guide 6.1
  shellLogDays: number('Days that the log of shell sessions is kept', { default: 365, min: 1 }),

  vpcId: text('VPC'),
  publicSubnetIds: texts('Subnets of the load balancer, in two zones or more', { min: 2 }),
  privateSubnetIds: texts('Subnets of the tasks, with a way to the internet', { min: 1 }),
  loadBalancerSecurityGroupId: text('Security group of the load balancer'),
  taskSecurityGroupId: text('Security group of the tasks'),
  certificateArn: text("Certificate of the API's domain, with the option entry = internet", { default: null }),
  logBucket: text("Bucket of the load balancer's access logs"),

  repository: text('Name of the image repository in this account'),
  imageTag: text('Tag of the image to run; without one, the tag that runs stays', {
    default: null,
    pattern: ['^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$', 'Not a tag of an image.'],
    rule: ['value != "latest"', 'Must be a tag that never moves: latest says nothing of what runs.'],
  }),
  collectorImage: text('Image of the OpenTelemetry collector', { default: collectorImage }),
  cpu: number('CPU units of a task; 1024 is one vCPU', { default: 2048, min: 256, max: 16384 }),
  architecture: text('Processor of the tasks, as the image was built for it', {
    default: 'ARM64',
    oneOf: ['ARM64', 'X86_64'],
  }),
  memory: number('MiB of memory of a task', { default: 4096, min: 512, max: 122880 }),
  minTasks: number('Least tasks', { default: 2, min: 1 }),
  maxTasks: number('Most tasks', { default: 10, min: 1 }),
  workerTasks: number('Tasks of the worker service, with the option separateWorker', { default: 2, min: 1 }),
  spotPercent: number('Share of the tasks over the least that run on Fargate Spot', { default: 0, min: 0, max: 100 }),
  cpuTarget: number('CPU that autoscaling keeps to, in percent', { default: 70, min: 10, max: 90 }),
  memoryTarget: number('Memory that autoscaling keeps to, in percent', { default: 70, min: 10, max: 90 }),
  inFlightTarget: number('Analyses in flight per task that autoscaling keeps to', { default: 12, min: 1 }),
  tracePercent: number('Share of requests that are traced, in percent', { default: 20, min: 0, max: 100 }),
  waitForSteadyState: flag('An apply ends when the new tasks run, and fails where they do not', { default: true }),

  rateLimitPerIp: text('RATE_LIMIT_PER_IP', { default: '60 per minute' }), // guide 2.5
  maxImageMegabytes: number('MAX_IMAGE_SIZE_MB', { default: 16, min: 1, max: 100 }), // guide 2.5
  databasePool: number('DATABASE_POOL_SIZE: connections of one task', { default: 10, min: 1 }),
  variables: textMap('More variables of the API, such as AZURE_AI_ENDPOINT and CORS_ORIGINS', { default: {} }),
  secrets: textMap('More secrets of the API by variable, such as WEBHOOK_SECRET: ARNs', {
    default: {},
    rule: secretArns,
  }),

  azureApiKeyArn: text('Secret: key of Azure OpenAI', { pattern: secretArn }),
  apiKeyArn: text("Secret: the administrator's key", { pattern: secretArn }),
  secretKeyArn: text('Secret: signs sessions and image links', { pattern: secretArn }),
  databaseUrlArn: text('Secret: URL of the database', { pattern: secretArn }),
  redisUrlArn: text('Secret: URL of the cache', { pattern: secretArn }),
  databaseMasterSecretArn: text('Secret of RDS with its master user, for migrations', { pattern: secretArn }),
  databaseUserArn: text("The API's database user, as rds-db:connect names it"),
  cacheArn: text('The cache, as elasticache:Connect names it'),
  cacheUserArn: text("The API's user of the cache"),
  cacheGroupId: text("The cache's replication group"),
  imagesBucketName: text('Bucket of the images'),
  imagesBucketArn: text('ARN of that bucket'),
}
