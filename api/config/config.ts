import { resolve } from 'node:path'
import { type AzureConfig, readAzure } from './azure.ts'
import {
  readDatabase,
  readRedis,
  readTracing,
  readWebhook,
  type TracingConfig,
  type WebhookConfig,
} from './dependencies.ts'
import { type HousekeepingConfig, readHousekeeping } from './housekeeping.ts'
import type { DailyBudget } from './limits.ts'
import { type RateLimit, readDailyBudget, readOptionalRateLimit, readRateLimit } from './limits.ts'
import { type Product, readProducts } from './products.ts'
import { type Reader, reader } from './reader.ts'

export { parseRateLimit } from './limits.ts'
export type { AzureConfig, Product, RateLimit, TracingConfig }

export interface Config {
  environment: string
  /** Any environment but development and test. Refuses the embedded defaults. */
  production: boolean
  host: string
  port: number
  logLevel: string
  /** Metrics in embedded metric format on standard output, or none. */
  metrics: 'stdout' | 'off'
  /** Null: OTEL_EXPORTER_OTLP_ENDPOINT is not set, so there are no traces. The exporter reads the endpoint itself. */
  tracing: TracingConfig | null
  dataDir: string
  /** Origins that may call the API from a browser; '*' means any. */
  corsOrigins: string[]
  /** Number of our own proxies in front of the service, which is how many X-Forwarded-For addresses are trusted. */
  trustedProxyHops: number
  /** The administrator's key. Null: the API is open (development and test only). */
  apiKey: string | null
  /** Signs sessions and image URLs. Null: generated once and stored under dataDir. */
  secretKey: string | null
  /** Still verifies older signatures. AWSPREVIOUS of Secrets Manager takes precedence if there is one. */
  secretKeyPrevious: string | null
  /** Secrets in AWS Secrets Manager whose current and previous values take precedence over the variables. */
  apiKeySecretArn: string | null
  secretKeySecretArn: string | null
  rateLimitPerIp: RateLimit
  rateLimitPerKey: RateLimit
  /** Photo limits of the model: for a caller without its own limit, and for all callers together. Null: no limit. */
  rateLimitModel: RateLimit | null
  rateLimitModelTotal: RateLimit | null
  /** Budget of the whole service. */
  dailyBudget: DailyBudget
  maxImageBytes: number
  /** Total size of the uploads that may be in memory at once. */
  maxUploadBytes: number
  /** Delay between the shutdown signal and closing the listener, so that load balancers notice first. */
  shutdownGraceMs: number
  maxBatchSize: number
  batchTimeoutMs: number
  /** Verdicts below this confidence go to a person. */
  reviewBelow: number
  /** Percent of all photos drawn at random for review, whatever the verdict. */
  reviewSample: number
  /** Whether photos that cannot be judged are detected before analysis. */
  photoGate: boolean
  /** Null: embedded PostgreSQL under dataDir. */
  databaseUrl: string | null
  /** The database password is an IAM token, requested for each new connection. */
  databaseIam: boolean
  /** Maximum connections of this process. */
  databasePoolSize: number
  /** Null: limits are counted in this process only. */
  redisUrl: string | null
  /** ElastiCache replication group to request IAM tokens for. Null: the password is in redisUrl. */
  redisReplicationGroup: string | null
  /** Null: a folder under dataDir. */
  imagesBucket: string | null
  awsRegion: string
  /** api sends ingest jobs; worker processes them and serves only the probes; all does both. */
  role: (typeof ROLES)[number]
  /** Ingest jobs that a worker processes at a time. */
  ingestConcurrency: number
  /** Retries of a job after a transient failure. */
  ingestRetries: number
  /** Time between SIGTERM and a forced exit. */
  shutdownTimeoutMs: number
  /** Receiver of critical verdicts; null: none. */
  webhook: WebhookConfig | null
  eventsTopicArn: string | null
  housekeeping: HousekeepingConfig
  /** Null: the local analyzer. */
  azure: AzureConfig | null
  products: Product[]
}

/** All errors in the environment, one line each. Values are never included. */
export class ConfigError extends Error {
  readonly faults: string[]

  constructor(faults: string[]) {
    super(faults.join('\n'))
    this.name = 'ConfigError'
    this.faults = faults
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
const ROLES = ['all', 'api', 'worker'] as const
const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/
const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+$/
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
/** Printable characters without spaces, safe in an HTTP header. 16 is the shortest length that resists guessing. */
export const KEY_FORM = /^[\x21-\x7e]{16,512}$/

function readOrigins(read: Reader, production: boolean): string[] {
  const origins = (read.raw('CORS_ORIGINS') ?? '')
    .split(',')
    .map((origin) => origin.trim())
    .filter(Boolean)
  for (const origin of origins) {
    if (origin === '*') {
      if (production) read.fault('CORS_ORIGINS', 'must name the origins; "*" is refused in production')
    } else if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      read.fault('CORS_ORIGINS', 'must be a comma-separated list of origins, such as https://defect-analyzer.wiko.com')
    }
  }
  return origins
}

/** Without API_KEY the API would be open until Secrets Manager answers, so the variables are required as well. */
function requireFallbacks(read: Reader, production: boolean): void {
  for (const name of ['API_KEY', 'SECRET_KEY']) {
    if (!production && read.raw(name) === null && read.raw(`${name}_SECRET_ARN`) !== null) {
      read.fault(name, `must be set when ${name}_SECRET_ARN is: it is used until Secrets Manager answers`)
    }
  }
}

/** Production refuses the embedded defaults, so these variables are required. */
function requireForProduction(read: Reader): void {
  const required: Record<string, string> = {
    API_KEY: 'it is the key of the administrator',
    SECRET_KEY: 'it signs sessions and image URLs',
    DATABASE_URL: 'the embedded PostgreSQL is for development only',
    REDIS_URL: 'limits must be shared by all tasks',
    IMAGES_BUCKET: 'a local folder is for development only',
  }
  for (const [name, why] of Object.entries(required)) {
    if (read.raw(name) === null) read.fault(name, `must be set in production: ${why}`)
  }
}

/** Reads and validates all environment variables. Throws ConfigError with all errors at once. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const read = reader(env, [])
  const environment = read.raw('ENVIRONMENT') ?? 'development'
  const production = environment !== 'development' && environment !== 'test'
  const keyRule = '16 to 512 printable characters without spaces'
  const apiKey = read.matching('API_KEY', KEY_FORM, keyRule)
  const config: Config = {
    environment,
    production,
    apiKey,
    secretKey: read.matching('SECRET_KEY', KEY_FORM, keyRule),
    secretKeyPrevious: read.matching('SECRET_KEY_PREVIOUS', KEY_FORM, keyRule),
    apiKeySecretArn: read.matching('API_KEY_SECRET_ARN', SECRET_ARN, 'the ARN of a secret'),
    secretKeySecretArn: read.matching('SECRET_KEY_SECRET_ARN', SECRET_ARN, 'the ARN of a secret'),
    host: read.raw('HOST') ?? (apiKey === null ? '127.0.0.1' : '0.0.0.0'),
    port: read.number('PORT', 5001, 0, 65_535),
    logLevel: read.oneOf('LOG_LEVEL', 'info', LOG_LEVELS),
    metrics: read.oneOf('METRICS', production ? 'stdout' : 'off', ['stdout', 'off']),
    tracing: readTracing(read),
    dataDir: resolve(read.raw('DATA_DIR') ?? resolve(import.meta.dirname, '../../.data')),
    corsOrigins: readOrigins(read, production),
    trustedProxyHops: read.number('TRUSTED_PROXY_HOPS', 0, 0, 10),
    rateLimitPerIp: readRateLimit(read, 'RATE_LIMIT_PER_IP', '60 per minute'),
    rateLimitPerKey: readRateLimit(read, 'RATE_LIMIT_PER_KEY', '300'),
    rateLimitModel: readOptionalRateLimit(read, 'RATE_LIMIT_MODEL'),
    rateLimitModelTotal: readOptionalRateLimit(read, 'RATE_LIMIT_MODEL_TOTAL'),
    dailyBudget: readDailyBudget(read),
    maxImageBytes: Math.floor(read.number('MAX_IMAGE_SIZE_MB', 16, 0.01, 100, false) * 1024 * 1024),
    maxUploadBytes: read.number('MAX_UPLOADS_MB', 384, 64, 65_536) * 1024 * 1024,
    shutdownGraceMs: read.number('SHUTDOWN_GRACE', production ? 5 : 0, 0, 60, false) * 1000,
    maxBatchSize: read.number('MAX_BATCH_SIZE', 50, 1, 500),
    batchTimeoutMs: read.number('BATCH_TIMEOUT', 55, 1, 600, false) * 1000,
    photoGate: read.oneOf('PHOTO_GATE', 'on', ['on', 'off']) === 'on',
    reviewBelow: read.number('REVIEW_BELOW', 0.6, 0, 1, false),
    reviewSample: read.number('REVIEW_SAMPLE', 2, 0, 100, false),
    ...readDatabase(read, production),
    ...readRedis(read),
    imagesBucket: read.matching('IMAGES_BUCKET', BUCKET, 'the name of an S3 bucket'),
    awsRegion: read.raw('AWS_REGION') ?? 'us-east-1',
    role: read.oneOf('ROLE', 'all', ROLES),
    ingestConcurrency: read.number('INGEST_CONCURRENCY', 4, 1, 100),
    ingestRetries: read.number('INGEST_RETRIES', 12, 0, 100),
    shutdownTimeoutMs: read.number('SHUTDOWN_TIMEOUT', 70, 2, 110, false) * 1000,
    webhook: readWebhook(read, production),
    eventsTopicArn: read.matching('EVENTS_TOPIC_ARN', TOPIC_ARN, 'the ARN of an SNS topic'),
    housekeeping: readHousekeeping(read),
    azure: readAzure(read, production),
    products: readProducts(read),
  }
  if (production) requireForProduction(read)
  requireFallbacks(read, production)
  if (read.faults.length > 0) throw new ConfigError(read.faults)
  return config
}
