import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Config } from '../config.ts'
import type { KeyDirectory } from '../http/keys.ts'
import { ProblemError } from '../http/problem.ts'
import { commonProblems } from '../http/schemas.ts'
import { sameSecret } from '../http/secrets.ts'
import { SESSION_HOURS, type SessionTokens } from './tokens.ts'

export interface SessionDeps {
  tokens: SessionTokens
  /** The caller that a key stands for; null where it is not valid. An empty key stands for the open mode, where there is one. */
  callerOf(apiKey: string | undefined): Promise<string | null>
}

/** Tells which caller a key stands for. */
export const callerOfKey =
  (config: Config, keys: KeyDirectory): SessionDeps['callerOf'] =>
  async (apiKey) => {
    if (apiKey === undefined) return config.apiKey === null ? 'open' : null
    if (config.apiKey !== null && sameSecret(apiKey, config.apiKey)) return 'admin'
    const key = await keys.find(apiKey)
    return key ? `key:${key.id}` : null
  }

/** POST /session: a person exchanges an API key and a name for a bearer token. */
export const sessionRoutes: FastifyPluginAsyncTypebox<SessionDeps> = async (app, { tokens, callerOf }) => {
  app.post(
    '/session',
    {
      config: { public: true },
      schema: {
        operationId: 'signIn',
        tags: ['session'],
        summary: `Exchange an API key and a name for a bearer token of ${SESSION_HOURS} hours`,
        description: 'Where no API_KEY is configured (development), the key may be left out.',
        body: Type.Object({
          api_key: Type.Optional(Type.String({ maxLength: 512 })),
          name: Type.String({
            pattern: '\\S',
            maxLength: 100,
            description: 'Of the person; goes onto reviews and the audit log',
          }),
        }),
        response: {
          200: Type.Object({ token: Type.String(), expires_at: Type.String({ format: 'date-time' }) }),
          ...commonProblems,
        },
      },
    },
    async (request) => {
      const caller = await callerOf(request.body.api_key?.trim() || undefined)
      if (caller === null) throw new ProblemError(401, 'unauthorized', 'The API key is not valid')
      const { token, expiresAt } = await tokens.issue({ caller, name: request.body.name.trim() })
      return { token, expires_at: expiresAt.toISOString() }
    },
  )
}
