import type { Reader } from './reader.ts'

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const
const DETAILS = ['low', 'high', 'auto', 'original'] as const

export interface AzureConfig {
  endpoint: string
  apiKey: string
  visionDeployment: string
  reasoningDeployment: string
  reasoningEffort: (typeof EFFORTS)[number]
  imageDetail: (typeof DETAILS)[number]
  /** US dollars per million tokens. Null: the model's list price, if known. */
  prices: { input: number; output: number } | null
  timeoutMs: number
  maxConcurrency: number
}

function readPrices(read: Reader): AzureConfig['prices'] {
  const text = read.raw('AZURE_PRICE_PER_MILLION_TOKENS')
  if (text === null) return null
  const match = /^(\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)$/.exec(text)
  if (match) return { input: Number(match[1]), output: Number(match[2]) }
  read.fault('AZURE_PRICE_PER_MILLION_TOKENS', 'must be US dollars as input/output, such as 1.75/14')
  return null
}

export function readAzure(read: Reader, production: boolean): AzureConfig | null {
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
      read.fault('AZURE_AI_ENDPOINT', 'must be set in production (or ANALYZER=local, to run without a model)')
    }
    return null
  }
  const apiKey = read.raw('AZURE_AI_API_KEY')
  if (endpoint === null && read.raw(endpointName) === null) {
    read.fault('AZURE_AI_ENDPOINT', 'must be set when ANALYZER=azure')
  }
  if (endpoint?.startsWith('http:') && production) read.fault(endpointName, 'must be https in production')
  if (apiKey === null) read.fault('AZURE_AI_API_KEY', 'must be set to use the model')
  return endpoint === null || apiKey === null ? null : { endpoint: new URL(endpoint).origin, apiKey, ...settings }
}
