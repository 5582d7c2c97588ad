import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { SCOPES, type Scope } from '../../domain/scopes.ts'
import type { Caller } from '../../platform/http/caller.ts'
import { ProblemError } from '../../platform/http/problem.ts'
import { commonProblems } from '../../platform/http/schemas.ts'
import { hashApiKey } from '../../platform/http/secrets.ts'
import { type IdentityOptions, ownerOfKey } from '../identity.ts'
import { SESSION_HOURS, type SessionTokens } from './tokens.ts'

export interface SessionDeps {
  tokens: SessionTokens
  /** The holder of a key; null if the key is not valid. No key means the open mode, if it is enabled. */
  callerOf(apiKey: string | undefined): Promise<KeyHolder | null>
}

interface KeyHolder {
  /** Caller.id */
  caller: string
  /** What the session depends on; see SessionTokens.issue. */
  proof?: string
  scopes: readonly Scope[]
}

/** Finds the holder of a key. */
export const callerOfKey =
  (parts: Pick<IdentityOptions, 'keys' | 'apiKey'>): SessionDeps['callerOf'] =>
  async (apiKey) => {
    if (apiKey === undefined) return parts.apiKey === null ? { caller: 'open', scopes: SCOPES } : null
    const owner = await ownerOfKey(parts, apiKey)
    if (owner === 'admin') return { caller: owner, proof: apiKey, scopes: SCOPES }
    return owner && { caller: `key:${owner.id}`, proof: hashApiKey(apiKey), scopes: owner.scopes }
  }

const signedIn = (caller: string, name: string): Partial<Caller> => {
  if (caller === 'open' || caller === 'admin') return { kind: caller, id: caller, name }
  return { kind: 'key', id: caller, apiKeyId: caller.slice('key:'.length), name }
}

/** POST /session: a person exchanges an API key and a name for a bearer token. */
export const sessionRoutes: FastifyPluginAsyncTypebox<SessionDeps> = async (app, { tokens, callerOf }) => {
  app.post(
    '/session',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'signIn',
        tags: ['session'],
        summary: `Exchange an API key and a name for a bearer token of ${SESSION_HOURS} hours`,
        description: 'If no API_KEY is configured (development), the key may be omitted.',
        body: Type.Object({
          api_key: Type.Optional(Type.String({ maxLength: 512 })),
          name: Type.String({
            pattern: '\\S',
            maxLength: 100,
            description: 'Name of the person, recorded in reviews and the audit log',
          }),
        }),
        response: {
          200: Type.Object({
            token: Type.String(),
            expires_at: Type.String({ format: 'date-time' }),
            expires_in: Type.Integer({ description: 'Seconds until expiry, for clients with a wrong clock' }),
            scopes: Type.Array(Type.Enum([...SCOPES]), { description: 'Scopes of the session: those of the key' }),
          }),
          ...commonProblems,
        },
      },
    },
    async (request) => {
      const apiKey = request.body.api_key?.trim() || undefined
      const holder = await callerOf(apiKey)
      if (holder === null) throw new ProblemError(401, 'unauthorized', 'The API key is not valid')
      const { caller, proof, scopes } = holder
      const name = request.body.name.trim()
      const { token, expiresAt } = await tokens.issue({ caller, name }, proof)
      // Log and audit this call under the caller that has signed in.
      Object.assign(request.caller, signedIn(caller, name))
      const expires_in = Math.round((expiresAt.getTime() - Date.now()) / 1000)
      return { token, expires_at: expiresAt.toISOString(), expires_in, scopes: [...scopes] }
    },
  )
}
