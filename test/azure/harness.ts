import sharp from 'sharp'
import type { Test } from 'tap'
import type { AnalyzerInput } from '../../api/analyzers/analyzer.ts'
import { type AzureEvent, type AzureOptions, azureAnalyzer } from '../../api/analyzers/azure/azure.ts'
import { AnalyzerError, type AnalyzerFailure } from '../../api/domain/analyzer-error.ts'
import { FAKE_KEY, type FakeAzure, startFakeAzure } from '../../fixtures/fake-azure.ts'

/** A picture of a blade, drawn: grey on white. */
export async function picture(width = 400, height = 200) {
  const blade = Buffer.from(
    `<svg width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>
     <rect x="10%" y="40%" width="80%" height="20%" fill="#999"/></svg>`,
  )
  return { jpeg: await sharp(blade).jpeg().toBuffer(), width, height }
}

const small = await picture()

export const input = (more: Partial<AnalyzerInput> = {}): AnalyzerInput => ({
  image: small,
  productSku: 'WK-KN-200',
  facility: 'yangjiang',
  language: 'en',
  signal: new AbortController().signal,
  ...more,
})

/** A fake endpoint and an analyzer on it, both closed at the end of the test. Retries are fast unless told otherwise. */
export async function setUp(t: Test, options: Partial<AzureOptions> = {}) {
  const fake = await startFakeAzure()
  const events: AzureEvent[] = []
  const analyzer = azureAnalyzer({
    endpoint: fake.url,
    apiKey: FAKE_KEY,
    visionDeployment: 'gpt-5-2',
    reasoningDeployment: 'gpt-5-2-text',
    reasoningEffort: 'none',
    imageDetail: 'high',
    timeoutMs: 30_000,
    maxConcurrency: 8,
    maxQueue: 8,
    retry: { maxAttempts: 3, baseMs: 5, capMs: 20 },
    onEvent: (event) => events.push(event),
    ...options,
  })
  t.teardown(async () => {
    await analyzer.close()
    await fake.close()
  })
  return { fake, analyzer, events }
}

/** The AnalyzerError that an analysis ends with. */
export async function failureOf(promise: Promise<unknown>): Promise<AnalyzerError> {
  const error = await promise.then(
    () => new Error('the analysis succeeded'),
    (caught: unknown) => caught,
  )
  if (!(error instanceof AnalyzerError)) throw error
  return error
}

export async function failsWith(t: Test, promise: Promise<unknown>, failure: AnalyzerFailure) {
  const error = await failureOf(promise)
  t.equal(error.failure, failure, error.message)
  return error
}

export const calledFor = ({ calls }: FakeAzure) => calls.map(({ kind }) => kind)

/** Resolves once `condition` holds; fails after a minute. */
export async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 6000; i++) {
    if (condition()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('it did not come to that within a minute')
}
