import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DailyBudget } from './http/caller.ts'

/** One entry of the product list. */
export interface Product {
  code: string
  name: string
}

export interface AzureConfig {
  endpoint: string
  apiKey: string
  visionDeployment: string
  reasoningDeployment: string
  reasoningEffort: (typeof EFFORTS)[number]
  imageDetail: (typeof DETAILS)[number]
  /** US dollars per million tokens; null: the list price of the model, where one is known. */
  prices: { input: number; output: number } | null
  timeoutMs: number
  maxConcurrency: number
}

export interface TracingConfig {
  serviceName: string
  sampler: (typeof SAMPLERS)[number]
  /** Share of traces that are kept, from 0 to 1, where the sampler asks for one. */
  ratio: number
}

/** A number of requests in a time window. */
export interface RateLimit {
  max: number
  windowMs: number
}

export interface Config {
  environment: string
  /** Every environment but development and test: embedded defaults are refused. */
  production: boolean
  host: string
  port: number
  logLevel: string
  /** Metrics in embedded metric format on standard output, or none. */
  metrics: 'stdout' | 'off'
  /** Null: no OTEL_EXPORTER_OTLP_ENDPOINT, so no traces. The exporter reads the endpoint itself. */
  tracing: TracingConfig | null
  dataDir: string
  /** Origins that may call the API from a browser; '*' means any. */
  corsOrigins: string[]
  /** Proxies of ours in front of the service; that many addresses of X-Forwarded-For are believed. */
  trustedProxyHops: number
  /** The administrator's key. Null: the API is open (development and test only). */
  apiKey: string | null
  /** Signs sessions and image URLs. Null: one is made and kept under dataDir. */
  secretKey: string | null
  /** Still verifies what it has signed; Secrets Manager's AWSPREVIOUS counts in its place where there is one. */
  secretKeyPrevious: string | null
  /** Secrets of AWS Secrets Manager: their current and previous values count in place of the two variables. */
  apiKeySecretArn: string | null
  secretKeySecretArn: string | null
  rateLimitPerIp: RateLimit
  rateLimitPerKey: RateLimit
  /** Photos for the model, of a caller without a limit of its own, and of all callers together; null: no limit. */
  rateLimitModel: RateLimit | null
  rateLimitModelTotal: RateLimit | null
  /** Of the whole service. */
  dailyBudget: DailyBudget
  maxImageBytes: number
  /** Uploads that are in memory at a time, together. */
  maxUploadBytes: number
  /** From the signal to stop until no more connections are taken, so that load balancers notice first. */
  shutdownGraceMs: number
  maxBatchSize: number
  batchTimeoutMs: number
  /** Verdicts of less confidence go to a person. */
  reviewBelow: number
  /** Null: embedded PostgreSQL under dataDir. */
  databaseUrl: string | null
  /** The database's password is an IAM token, asked for at each new connection. */
  databaseIam: boolean
  /** Connections of this process at most. */
  databasePoolSize: number
  /** Null: limits are counted in this process. */
  redisUrl: string | null
  /** Null: the password is in redisUrl. Else it is an IAM token made out to this replication group. */
  redisReplicationGroup: string | null
  /** Null: a folder under dataDir. */
  imagesBucket: string | null
  awsRegion: string
  /** api adds ingest jobs, worker works them off and has no routes but the probes, all does both. */
  role: (typeof ROLES)[number]
  /** Ingest jobs that a worker has at a time. */
  ingestConcurrency: number
  /** How often a job is tried again after a failure that may pass. */
  ingestRetries: number
  /** Between SIGTERM and the end by force. */
  shutdownTimeoutMs: number
  /** Who is told of critical verdicts; null: nobody by that way. */
  webhook: { url: string; secret: string } | null
  eventsTopicArn: string | null
  /** Null: the local analyzer. */
  azure: AzureConfig | null
  products: Product[]
}

/** All that is wrong with the environment, a line per fault; no value is ever quoted. */
export class ConfigError extends Error {
  readonly faults: string[]

  constructor(faults: string[]) {
    super(faults.join('\n'))
    this.name = 'ConfigError'
    this.faults = faults
  }
}

const WINDOWS: Record<string, number> = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const
const DETAILS = ['low', 'high', 'auto', 'original'] as const
const SAMPLERS = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const
const ROLES = ['all', 'api', 'worker'] as const
const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/
/** 24 to 64 bytes in base64 (Standard Webhooks). */
const WEBHOOK_SECRET = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/
const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+$/
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
/** Printable, no spaces: what is safe in an HTTP header. 16 characters is the least that cannot be guessed quickly. */
export const KEY_FORM = /^[\x21-\x7e]{16,512}$/

/** Reads "60 per minute", "60/minute" or "60" (a minute); null where it is none of these. */
export function parseRateLimit(text: string): RateLimit | null {
  const match = /^(\d{1,9})(?:\s*(?:per|\/)\s*(second|minute|hour|day))?$/i.exec(text.trim())
  const max = Number(match?.[1])
  if (!match || max < 1) return null
  return { max, windowMs: WINDOWS[(match[2] ?? 'minute').toLowerCase()] as number }
}

/** Collects faults while it reads; a reader returns its default where the value is wrong, as the start stops anyway. */
function reader(env: NodeJS.ProcessEnv, faults: string[]) {
  const raw = (name: string): string | null => env[name]?.trim() || null
  return {
    faults,
    raw,
    fault: (name: string, must: string) => void faults.push(`${name} ${must}`),
    number(name: string, fallback: number, min: number, max: number, integer = true): number {
      const text = raw(name)
      if (text === null) return fallback
      const value = Number(text)
      if (Number.isFinite(value) && value >= min && value <= max && (!integer || Number.isInteger(value))) return value
      faults.push(`${name} must be ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}`)
      return fallback
    },
    oneOf<T extends string>(name: string, fallback: T, allowed: readonly T[]): T {
      const text = raw(name)
      if (text === null) return fallback
      const match = allowed.find((value) => value === text)
      if (match !== undefined) return match
      faults.push(`${name} must be one of ${allowed.filter(Boolean).join(', ')}`)
      return fallback
    },
    matching(name: string, pattern: RegExp, must: string): string | null {
      const text = raw(name)
      if (text !== null && !pattern.test(text)) faults.push(`${name} must be ${must}`)
      return text
    },
    url(name: string, protocols: readonly string[]): string | null {
      const text = raw(name)
      if (text === null) return null
      if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text
      faults.push(`${name} must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`)
      return null
    },
  }
}

type Reader = ReturnType<typeof reader>

function readRateLimit(read: Reader, name: string, fallback: string): RateLimit {
  const limit = parseRateLimit(read.raw(name) ?? fallback)
  if (!limit) read.fault(name, 'must be a number of requests, such as "60 per minute", "60/minute" or "60"')
  return limit ?? { max: 1, windowMs: 60_000 }
}

const readOptionalRateLimit = (read: Reader, name: string): RateLimit | null =>
  read.raw(name) === null ? null : readRateLimit(read, name, '1')

function readDailyBudget(read: Reader): DailyBudget {
  const limit = (name: string, most: number, integer = true) =>
    read.raw(name) === null ? null : read.number(name, 1, integer ? 1 : 0.01, most, integer)
  return {
    analyses: limit('DAILY_ANALYSES', 1e9),
    tokens: limit('DAILY_TOKENS', 1e12),
    costUsd: limit('DAILY_COST_USD', 1e6, false),
  }
}

/** An IAM token takes the place of the password, is made out to a user, and is sent only to a verified server. */
function readRedis(read: Reader): Pick<Config, 'redisUrl' | 'redisReplicationGroup'> {
  const redisUrl = read.url('REDIS_URL', ['redis:', 'rediss:'])
  const groupRule = 'the id of an ElastiCache replication group'
  const redisReplicationGroup = read.matching('REDIS_REPLICATION_GROUP', /^[a-z][a-z0-9-]{0,39}$/i, groupRule)
  if (redisUrl !== null && redisReplicationGroup !== null) {
    const { protocol, username, password } = new URL(redisUrl)
    const where = 'where REDIS_REPLICATION_GROUP is set'
    if (protocol !== 'rediss:') read.fault('REDIS_URL', `must start with rediss:// ${where}: IAM needs TLS`)
    if (username === '') read.fault('REDIS_URL', `must name the user that signs in by IAM token ${where}`)
    if (password !== '') read.fault('REDIS_URL', `must hold no password ${where}`)
  }
  return { redisUrl, redisReplicationGroup }
}

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

function readPrices(read: Reader): AzureConfig['prices'] {
  const text = read.raw('AZURE_PRICE_PER_MILLION_TOKENS')
  if (text === null) return null
  const match = /^(\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)$/.exec(text)
  if (match) return { input: Number(match[1]), output: Number(match[2]) }
  read.fault('AZURE_PRICE_PER_MILLION_TOKENS', 'must be US dollars as input/output, such as 1.75/14')
  return null
}

function readWebhook(read: Reader, production: boolean): Config['webhook'] {
  const url = read.url('WEBHOOK_URL', production ? ['https:'] : ['https:', 'http:'])
  const rule = 'whsec_ and 24 to 64 random bytes in base64'
  const secret = read.matching('WEBHOOK_SECRET', WEBHOOK_SECRET, rule)
  if (url !== null && secret === null) read.fault('WEBHOOK_SECRET', `must be set with WEBHOOK_URL: ${rule}`)
  return url !== null && secret !== null ? { url, secret } : null
}

function readAzure(read: Reader, production: boolean): AzureConfig | null {
  const choice = read.oneOf('ANALYZER', '', ['azure', 'local', ''])
  const endpointName = read.raw('AZURE_AI_ENDPOINT') === null ? 'AZURE_AI_PROJECT_ENDPOINT' : 'AZURE_AI_ENDPOINT'
  const endpoint = read.url(endpointName, ['https:', 'http:'])
  const settings = {
    visionDeployment: read.raw('AZURE_VISION_DEPLOYMENT') ?? 'gpt-5-2',
    reasoningDeployment: read.raw('AZURE_REASONING_DEPLOYMENT') ?? read.raw('AZURE_VISION_DEPLOYMENT') ?? 'gpt-5-2',
    reasoningEffort: read.oneOf('AZURE_REASONING_EFFORT', 'none', EFFORTS),
    imageDetail: read.oneOf('AZURE_IMAGE_DETAIL', 'high', DETAILS),
    prices: readPrices(read),
    timeoutMs: read.number('AZURE_API_TIMEOUT', 30, 1, 300, false) * 1000,
    maxConcurrency: read.number('AZURE_MAX_CONCURRENCY', 64, 1, 10_000),
  }
  if (choice === 'local') return null
  const wanted = choice === 'azure' || endpoint !== null || read.raw(endpointName) !== null
  if (!wanted) {
    if (production) {
      read.fault('AZURE_AI_ENDPOINT', 'must be set in production (or ANALYZER=local, to say that no model is wanted)')
    }
    return null
  }
  const apiKey = read.raw('AZURE_AI_API_KEY')
  if (endpoint === null && read.raw(endpointName) === null) {
    read.fault('AZURE_AI_ENDPOINT', 'must be set where ANALYZER=azure')
  }
  if (endpoint?.startsWith('http:') && production) read.fault(endpointName, 'must be https in production')
  if (apiKey === null) read.fault('AZURE_AI_API_KEY', `must be set where the model is used`)
  return endpoint === null || apiKey === null ? null : { endpoint: new URL(endpoint).origin, apiKey, ...settings }
}

/**
 * A URL with a user but no password signs in by IAM token in production; elsewhere DATABASE_IAM says so, as a local
 * PostgreSQL may need no password.
 */
function readDatabase(read: Reader, production: boolean) {
  const databaseUrl = read.url('DATABASE_URL', ['postgresql:', 'postgres:'])
  const { username, password, searchParams } = new URL(databaseUrl ?? 'postgresql://host')
  const asked = read.oneOf('DATABASE_IAM', '', ['true', 'false', ''])
  const databaseIam = asked === 'true' || (asked === '' && production && username !== '' && password === '')
  if (databaseIam && databaseUrl !== null) {
    if (username === '') read.fault('DATABASE_URL', 'must name the user that signs in by IAM token')
    if (password !== '') read.fault('DATABASE_URL', 'must hold no password where DATABASE_IAM=true')
    if (production && !['verify-full', null].includes(searchParams.get('sslmode'))) {
      read.fault('DATABASE_URL', 'must have sslmode=verify-full: an IAM token is sent only to a verified server')
    }
  }
  const databasePoolSize = read.number('DATABASE_POOL_SIZE', 10, 1, 1000)
  return { databaseUrl, databaseIam: databaseIam && databaseUrl !== null, databasePoolSize }
}

/** OpenTelemetry's own variables, as far as they are honoured here. */
function readTracing(read: Reader): TracingConfig | null {
  const endpoint = read.url('OTEL_EXPORTER_OTLP_ENDPOINT', ['http:', 'https:'])
  const serviceName = read.raw('OTEL_SERVICE_NAME') ?? 'wiko-defect-analyzer'
  const sampler = read.oneOf('OTEL_TRACES_SAMPLER', 'parentbased_always_on', SAMPLERS)
  const ratio = read.number('OTEL_TRACES_SAMPLER_ARG', 1, 0, 1, false)
  return endpoint === null ? null : { serviceName, sampler, ratio }
}

/** The list of the repository, and EXTRA_PRODUCTS ("WK-CI-300=30 cm braising pan, ...") added to it. */
function readProducts(read: Reader): Product[] {
  const products: Product[] = JSON.parse(readFileSync(resolve(import.meta.dirname, '../config/products.json'), 'utf8'))
  for (const entry of (read.raw('EXTRA_PRODUCTS') ?? '').split(',')) {
    if (!entry.trim()) continue
    const [code = '', ...name] = entry.split('=').map((part) => part.trim())
    if (!/^[A-Z0-9][A-Z0-9._-]{0,49}$/.test(code) || !name.join('=')) {
      read.fault(
        'EXTRA_PRODUCTS',
        'must be a comma-separated list of SKU=name, the SKU in capitals, such as WK-CI-300=30 cm pan',
      )
      break
    }
    products.push({ code, name: name.join('=') })
  }
  return products
}

/** The variables count while Secrets Manager cannot be reached; without API_KEY the API would even be open then. */
function requireBesideArns(read: Reader, production: boolean): void {
  for (const name of ['API_KEY', 'SECRET_KEY']) {
    if (!production && read.raw(name) === null && read.raw(`${name}_SECRET_ARN`) !== null) {
      read.fault(name, `must be set where ${name}_SECRET_ARN is: it counts until Secrets Manager has answered`)
    }
  }
}

/** Production runs on no embedded default: each of these variables must be there. */
function requireForProduction(read: Reader): void {
  const required: Record<string, string> = {
    API_KEY: 'the key of the administrator',
    SECRET_KEY: 'it signs sessions and image URLs',
    DATABASE_URL: 'the embedded PostgreSQL is for development',
    REDIS_URL: 'limits must be shared by all tasks',
    IMAGES_BUCKET: 'a local folder is for development',
  }
  for (const [name, why] of Object.entries(required)) {
    if (read.raw(name) === null) read.fault(name, `must be set in production: ${why}`)
  }
}

/**
 * Reads and checks every variable of the environment. Throws ConfigError with all faults at once.
 * Names and defaults are listed in the README.
 */
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
    dataDir: resolve(read.raw('DATA_DIR') ?? resolve(import.meta.dirname, '../.data')),
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
    reviewBelow: read.number('REVIEW_BELOW', 0.6, 0, 1, false),
    ...readDatabase(read, production),
    ...readRedis(read),
    imagesBucket: read.matching('IMAGES_BUCKET', BUCKET, 'the name of an S3 bucket'),
    awsRegion: read.raw('AWS_REGION') ?? 'us-east-1',
    role: read.oneOf('ROLE', 'all', ROLES),
    ingestConcurrency: read.number('INGEST_CONCURRENCY', 4, 1, 100),
    ingestRetries: read.number('INGEST_RETRIES', 12, 0, 100),
    shutdownTimeoutMs: read.number('SHUTDOWN_TIMEOUT', 57, 2, 110, false) * 1000,
    webhook: readWebhook(read, production),
    eventsTopicArn: read.matching('EVENTS_TOPIC_ARN', TOPIC_ARN, 'the ARN of an SNS topic'),
    azure: readAzure(read, production),
    products: readProducts(read),
  }
  if (production) requireForProduction(read)
  requireBesideArns(read, production)
  if (read.faults.length > 0) throw new ConfigError(read.faults)
  return config
}
