import type { Reader } from './reader.ts'

const SAMPLERS = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const

/** 24 to 64 bytes in base64 (Standard Webhooks). */
const WEBHOOK_SECRET = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/

export interface WebhookConfig {
  url: string
  /** whsec_ followed by base64. */
  secret: string
}

export interface TracingConfig {
  serviceName: string
  sampler: (typeof SAMPLERS)[number]
  /** Share of traces to keep, from 0 to 1, for samplers that take a ratio. */
  ratio: number
}

/**
 * In production, a URL with a user but no password signs in with an IAM token. Elsewhere DATABASE_IAM must say so,
 * because a local PostgreSQL may need no password.
 */
export function readDatabase(read: Reader, production: boolean) {
  const databaseUrl = read.url('DATABASE_URL', ['postgresql:', 'postgres:'])
  const { username, password, searchParams } = new URL(databaseUrl ?? 'postgresql://host')
  const asked = read.oneOf('DATABASE_IAM', '', ['true', 'false', ''])
  const databaseIam = asked === 'true' || (asked === '' && production && username !== '' && password === '')
  if (databaseIam && databaseUrl !== null) {
    if (username === '') read.fault('DATABASE_URL', 'must name the user that signs in with an IAM token')
    if (password !== '') read.fault('DATABASE_URL', 'must not contain a password when DATABASE_IAM=true')
    if (production && !['verify-full', null].includes(searchParams.get('sslmode'))) {
      read.fault('DATABASE_URL', 'must have sslmode=verify-full: an IAM token is sent only to a verified server')
    }
  }
  const databasePoolSize = read.number('DATABASE_POOL_SIZE', 10, 1, 1000)
  return { databaseUrl, databaseIam: databaseIam && databaseUrl !== null, databasePoolSize }
}

/** An IAM token replaces the password, is issued for a user, and is sent only to a verified server. */
export function readRedis(read: Reader): { redisUrl: string | null; redisReplicationGroup: string | null } {
  const redisUrl = read.url('REDIS_URL', ['redis:', 'rediss:'])
  const groupRule = 'the id of an ElastiCache replication group'
  const redisReplicationGroup = read.matching('REDIS_REPLICATION_GROUP', /^[a-z][a-z0-9-]{0,39}$/i, groupRule)
  if (redisUrl !== null && redisReplicationGroup !== null) {
    const { protocol, username, password } = new URL(redisUrl)
    const where = 'when REDIS_REPLICATION_GROUP is set'
    if (protocol !== 'rediss:') read.fault('REDIS_URL', `must start with rediss:// ${where}: IAM needs TLS`)
    if (username === '') read.fault('REDIS_URL', `must name the user that signs in with an IAM token ${where}`)
    if (password !== '') read.fault('REDIS_URL', `must not contain a password ${where}`)
  }
  return { redisUrl, redisReplicationGroup }
}

export function readWebhook(read: Reader, production: boolean): WebhookConfig | null {
  const url = read.url('WEBHOOK_URL', production ? ['https:'] : ['https:', 'http:'])
  const rule = 'whsec_ and 24 to 64 random bytes in base64'
  const secret = read.matching('WEBHOOK_SECRET', WEBHOOK_SECRET, rule)
  if (url !== null && secret === null) read.fault('WEBHOOK_SECRET', `must be set with WEBHOOK_URL: ${rule}`)
  return url !== null && secret !== null ? { url, secret } : null
}

/** The OpenTelemetry variables that the service supports. */
export function readTracing(read: Reader): TracingConfig | null {
  const endpoint = read.url('OTEL_EXPORTER_OTLP_ENDPOINT', ['http:', 'https:'])
  const serviceName = read.raw('OTEL_SERVICE_NAME') ?? 'wiko-defect-analyzer'
  const sampler = read.oneOf('OTEL_TRACES_SAMPLER', 'parentbased_always_on', SAMPLERS)
  const ratio = read.number('OTEL_TRACES_SAMPLER_ARG', 1, 0, 1, false)
  return endpoint === null ? null : { serviceName, sampler, ratio }
}
