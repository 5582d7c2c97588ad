import type { AnalyzerResult } from '../../api/domain/verdict.ts'
import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

export const ADMIN = 'admin-key-for-the-tests-0123456789'

/** A service whose analyzer says what the test sets, and calls on it as a signed-in person or by a key. */
export async function startReviews(env: Record<string, string> = {}) {
  const analyzer = scriptedAnalyzer()
  const service = await startService(
    { API_KEY: ADMIN, RATE_LIMIT_PER_IP: '100000', RATE_LIMIT_PER_KEY: '100000', ...env },
    { analyzer },
  )

  const call = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { 'x-api-key': ADMIN },
  ) =>
    fetch(`${service.url}/api/v1${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

  return {
    service,
    call,
    get: async <T>(path: string): Promise<T> => (await (await call('GET', path)).json()) as T,

    /** Headers of a session of the person. */
    async signIn(name: string, key = ADMIN): Promise<Record<string, string>> {
      const response = await call('POST', '/session', { api_key: key, name }, {})
      return { authorization: `Bearer ${((await response.json()) as { token: string }).token}` }
    },

    async keyWith(...scopes: string[]): Promise<string> {
      const response = await call('POST', '/keys', { scopes })
      return ((await response.json()) as { key: string }).key
    },

    /** A stored analysis; by default of a good part. The picture has 320 x 240 pixels. */
    async analyse(result: AnalyzerResult = resultOf(), fields: Record<string, string> = {}): Promise<AnalysisBody> {
      analyzer.answer = () => result
      const form = photoForm(await photo(), { product_sku: 'WK-KN-200', facility: 'yangjiang', ...fields })
      const headers = { 'x-api-key': ADMIN }
      return analysisOf(await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body: form, headers }))
    },

    explain: (defectId: string, body: object, headers?: Record<string, string>) =>
      call('PUT', `/analyses/${defectId}/explanation`, { person: 'Mei', ...body }, headers),

    review: (defectId: string, body: object, headers?: Record<string, string>) =>
      call('POST', `/analyses/${defectId}/reviews`, { person: 'Mei', ...body }, headers),
  }
}

/** The model says: rust, as sure as given. */
export const rusty = (confidence = 0.9) => resultOf([{ ...rust, confidence }])
