import createClient, { type Middleware } from 'openapi-fetch'
import { API_ORIGIN } from './origin.ts'
import { readProblem, unreachable } from './problem.ts'
import type { paths } from './schema.d.ts'
import { session } from './session.ts'

const authorisation: Middleware = {
  onRequest({ request }) {
    const token = session.get()?.token
    if (token) request.headers.set('Authorization', `Bearer ${token}`)
    return request
  },
  async onResponse({ request, response }) {
    if (response.ok) return
    if (response.status === 401) session.refused(request.headers.get('Authorization')?.replace(/^Bearer /, '') ?? null)
    throw readProblem(response.status, await response.text(), (name) => response.headers.get(name))
  },
  onError({ error }) {
    return error instanceof DOMException && error.name === 'AbortError' ? error : unreachable()
  },
}

export const client = createClient<paths>({ baseUrl: API_ORIGIN || window.location.origin })
client.use(authorisation)

/** The body of an answer. Whatever is not 2xx has been thrown as a ProblemError before. */
export async function bodyOf<Body>(answer: Promise<{ data?: Body }>): Promise<Body> {
  const { data } = await answer
  if (data === undefined) throw unreachable()
  return data
}
