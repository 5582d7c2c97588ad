import t from 'tap'
import { ConfigError, loadConfig } from '../../api/config/config.ts'

const faultsOf = (env: Record<string, string>): string[] => {
  try {
    loadConfig({ ENVIRONMENT: 'test', ...env })
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.faults
  }
}

t.test('Model limits and daily budgets are off by default', async (t) => {
  t.match(loadConfig({ ENVIRONMENT: 'test' }), {
    rateLimitModel: null,
    rateLimitModelTotal: null,
    dailyBudget: { analyses: null, tokens: null, costUsd: null },
    redisReplicationGroup: null,
  })
  const set = {
    RATE_LIMIT_MODEL: '20/minute',
    RATE_LIMIT_MODEL_TOTAL: '1000 per hour',
    DAILY_ANALYSES: '5000',
    DAILY_TOKENS: '20000000',
    DAILY_COST_USD: '12.5',
  }
  t.match(loadConfig({ ENVIRONMENT: 'test', ...set }), {
    rateLimitModel: { max: 20, windowMs: 60_000 },
    rateLimitModelTotal: { max: 1000, windowMs: 3_600_000 },
    dailyBudget: { analyses: 5000, tokens: 20_000_000, costUsd: 12.5 },
  })
  for (const name of Object.keys(set)) t.match(faultsOf({ [name]: 'canary' }), [new RegExp(`^${name} must be`)])
  for (const name of ['DAILY_ANALYSES', 'DAILY_TOKENS', 'DAILY_COST_USD']) t.equal(faultsOf({ [name]: '0' }).length, 1)
})

t.test('IAM tokens for Redis need TLS and a user, and replace the password', async (t) => {
  const faults = (url: string) => faultsOf({ REDIS_URL: url, REDIS_REPLICATION_GROUP: 'wiko-redis-prod' })
  t.strictSame(faults('rediss://wiko-redis-prod-api@cache.example:6379/0'), [])
  t.match(faults('redis://api@cache.example:6379'), [/REDIS_URL must start with rediss/])
  t.match(faults('rediss://cache.example:6379'), [/REDIS_URL must name the user/])
  t.match(faults('rediss://api:canary@cache.example:6379'), [/REDIS_URL must not contain a password/])
  t.match(faultsOf({ REDIS_REPLICATION_GROUP: 'not a name' }), [/REDIS_REPLICATION_GROUP must be/])
})
