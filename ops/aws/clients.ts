import { CloudFrontClient } from '@aws-sdk/client-cloudfront'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { ECRClient } from '@aws-sdk/client-ecr'
import { ECSClient } from '@aws-sdk/client-ecs'
import { ElastiCacheClient } from '@aws-sdk/client-elasticache'
import { RDSClient } from '@aws-sdk/client-rds'
import { S3Client } from '@aws-sdk/client-s3'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SSMClient } from '@aws-sdk/client-ssm'
import { toAwsError } from './error.ts'
import { throughProxy } from './through-proxy.ts'

const MAX_ATTEMPTS = 5
/** For one attempt, until the response begins. */
const REQUEST_TIMEOUT_MS = 30_000

/** Middleware by which every call of a client fails with an AwsError. */
const awsErrors =
  <Args, Output>(next: (args: Args) => Promise<Output>) =>
  (args: Args): Promise<Output> =>
    next(args).catch((error: unknown) => {
      throw toAwsError(error)
    })
const outermost = { step: 'initialize', priority: 'high', name: 'awsErrors' } as const

/** SDK clients of one region for the services that deployment, drills and checklist call. Every call fails with an AwsError. */
export class AwsClients {
  readonly region: string
  readonly cloudfront: CloudFrontClient
  readonly cloudwatch: CloudWatchClient
  readonly ecr: ECRClient
  readonly ecs: ECSClient
  readonly elasticache: ElastiCacheClient
  readonly logs: CloudWatchLogsClient
  readonly rds: RDSClient
  readonly s3: S3Client
  readonly secrets: SecretsManagerClient
  readonly ssm: SSMClient

  constructor(region: string) {
    this.region = region
    const requestHandler = { ...throughProxy, requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true }
    const options = { region, requestHandler, maxAttempts: MAX_ATTEMPTS }
    // CloudFront is served from us-east-1 only.
    this.cloudfront = new CloudFrontClient({ ...options, region: 'us-east-1' })
    this.cloudwatch = new CloudWatchClient(options)
    this.ecr = new ECRClient(options)
    this.ecs = new ECSClient(options)
    this.elasticache = new ElastiCacheClient(options)
    this.logs = new CloudWatchLogsClient(options)
    this.rds = new RDSClient(options)
    // S3-compatible servers need path-style URLs.
    this.s3 = new S3Client({ ...options, forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL) })
    this.secrets = new SecretsManagerClient(options)
    this.ssm = new SSMClient(options)
    this.cloudfront.middlewareStack.add(awsErrors, outermost)
    this.cloudwatch.middlewareStack.add(awsErrors, outermost)
    this.ecr.middlewareStack.add(awsErrors, outermost)
    this.ecs.middlewareStack.add(awsErrors, outermost)
    this.elasticache.middlewareStack.add(awsErrors, outermost)
    this.logs.middlewareStack.add(awsErrors, outermost)
    this.rds.middlewareStack.add(awsErrors, outermost)
    this.s3.middlewareStack.add(awsErrors, outermost)
    this.secrets.middlewareStack.add(awsErrors, outermost)
    this.ssm.middlewareStack.add(awsErrors, outermost)
  }
}
