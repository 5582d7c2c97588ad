import t from 'tap'
import { ConfigError, loadConfig, parseRateLimit } from '../../api/config/config.ts'

function faults(env: Record<string, string>): string[] {
  try {
    loadConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

const PRODUCTION = {
  ENVIRONMENT: 'production',
  API_KEY: 'a'.repeat(32),
  SECRET_KEY: 'b'.repeat(32),
  DATABASE_URL: 'postgresql://u@db:5432/wiko_defect_db',
  REDIS_URL: 'rediss://cache:6379/0',
  IMAGES_BUCKET: 'wiko-defect-images-prod',
  AZURE_AI_ENDPOINT: 'https://wiko.openai.azure.com',
  AZURE_AI_API_KEY: 'c'.repeat(32),
}

t.test("the contract's defaults", async (t) => {
  t.match(loadConfig({}), {
    environment: 'development',
    production: false,
    port: 5001,
    host: '127.0.0.1',
    rateLimitPerIp: { max: 60, windowMs: 60_000 },
    rateLimitPerKey: { max: 300, windowMs: 60_000 },
    maxImageBytes: 16 * 1024 * 1024,
    maxBatchSize: 50,
    batchTimeoutMs: 55_000,
    reviewBelow: 0.6,
    trustedProxyHops: 0,
    databaseUrl: null,
    redisUrl: null,
    imagesBucket: null,
    azure: null,
  })
  t.equal(loadConfig({ API_KEY: 'x'.repeat(20) }).host, '0.0.0.0', 'with a key it may be reached from outside')
})

t.test('the model', async (t) => {
  const { azure } = loadConfig(PRODUCTION)
  t.match(azure, {
    endpoint: 'https://wiko.openai.azure.com',
    visionDeployment: 'gpt-5-2',
    reasoningDeployment: 'gpt-5-2',
    reasoningEffort: 'none',
    timeoutMs: 30_000,
    maxConcurrency: 64,
  })
  const { AZURE_AI_ENDPOINT, ...rest } = PRODUCTION
  const old = {
    ...rest,
    AZURE_AI_PROJECT_ENDPOINT: `${AZURE_AI_ENDPOINT}/openai/v1/`,
    AZURE_VISION_DEPLOYMENT: 'gpt-5-4',
  }
  t.match(loadConfig(old).azure, {
    endpoint: AZURE_AI_ENDPOINT,
    visionDeployment: 'gpt-5-4',
    reasoningDeployment: 'gpt-5-4',
  })
  t.equal(loadConfig({ ...PRODUCTION, ANALYZER: 'local' }).azure, null)
})

t.test('production refuses every embedded default, all at once', async (t) => {
  t.strictSame(
    faults({ ENVIRONMENT: 'staging' })
      .map((fault) => fault.split(' ')[0])
      .sort(),
    ['API_KEY', 'AZURE_AI_ENDPOINT', 'DATABASE_URL', 'IMAGES_BUCKET', 'REDIS_URL', 'SECRET_KEY'],
  )
  t.strictSame(faults(PRODUCTION), [])
  t.match(faults({ ...PRODUCTION, CORS_ORIGINS: '*' }), [/^CORS_ORIGINS .*refused in production/])
  t.match(faults({ ...PRODUCTION, AZURE_AI_ENDPOINT: 'http://wiko.openai.azure.com' }), [/^AZURE_AI_ENDPOINT .*https/])
})

t.test('every wrong value is named and none is printed', async (t) => {
  const wrong: Record<string, string> = {
    PORT: 'canary-80a',
    CORS_ORIGINS: 'canary.example/path',
    RATE_LIMIT_PER_IP: 'canary',
    RATE_LIMIT_PER_KEY: '0',
    MAX_IMAGE_SIZE_MB: '-1',
    API_KEY: 'canary short',
    SECRET_KEY: 'canary',
    DATABASE_URL: 'mysql://canary',
    REDIS_URL: 'canary',
    IMAGES_BUCKET: 'Canary_Bucket',
    LOG_LEVEL: 'canary',
    MAX_BATCH_SIZE: '1.5',
    AZURE_API_TIMEOUT: 'canary',
    AZURE_MAX_CONCURRENCY: '0',
    AZURE_REASONING_EFFORT: 'canary',
    AZURE_AI_ENDPOINT: 'canary',
    REVIEW_BELOW: '2',
    TRUSTED_PROXY_HOPS: '-1',
    ANALYZER: 'canary',
    API_KEY_SECRET_ARN: 'canary',
    SECRET_KEY_SECRET_ARN: 'canary',
    BATCH_TIMEOUT: '0',
    EXTRA_PRODUCTS: 'canary',
  }
  const found = faults(wrong)
  t.strictSame(
    Object.keys(wrong).filter((name) => !found.some((fault) => fault.startsWith(`${name} `))),
    [],
  )
  t.notMatch(found.join('\n'), /canary/i)
})

t.test('rate limits in all their spellings', async (t) => {
  t.strictSame(parseRateLimit('60 per minute'), { max: 60, windowMs: 60_000 })
  t.strictSame(parseRateLimit('60/minute'), { max: 60, windowMs: 60_000 })
  t.strictSame(parseRateLimit('60'), { max: 60, windowMs: 60_000 })
  t.strictSame(parseRateLimit(' 5 PER second '), { max: 5, windowMs: 1000 })
  for (const text of ['', '0', '-1', '60 per fortnight', '6 0', '1e3']) t.equal(parseRateLimit(text), null, text)
})

t.test('an operator adds a product without a code change', async (t) => {
  const { products } = loadConfig({ EXTRA_PRODUCTS: 'WK-CI-300=30 cm braising pan, WK-KN-250=10" slicer' })
  t.same(products.slice(-2), [
    { code: 'WK-CI-300', name: '30 cm braising pan' },
    { code: 'WK-KN-250', name: '10" slicer' },
  ])
  t.equal(products.length, 8)
})
