import { createHmac } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { deriveKey } from '../../platform/http/secrets.ts'
import { firstMatch, type LiveSecret } from '../../platform/secrets/live-secret.ts'

/** One shift. */
export const SESSION_HOURS = 12

export interface SessionClaims {
  /** The caller that signed in: "open", "admin" or "key:<id>". */
  caller: string
  /** The person's name. */
  name: string
}

export interface OpenedSession extends SessionClaims {
  /** True for the proof that it was opened with; always false if none was needed. */
  standsFor(proof: string): boolean
}

export interface SessionTokens {
  /** `proof`: API_KEY, or the hash of a key in api_keys. The session ends when that is no longer valid. */
  issue(claims: SessionClaims, proof: string | undefined): Promise<{ token: string; expiresAt: Date }>
  /** Null if the token is not ours or has expired. */
  verify(token: string): Promise<OpenedSession | null>
}

/** Bearer tokens for people: signed, not stored. They expire after twelve hours, or with the key that opened them. */
export function sessionTokens(secretKey: LiveSecret): SessionTokens {
  const keyOf = (secret: string) => deriveKey(secret, 'sessions')
  /** Identifies a proof without revealing it, even to someone who guesses. */
  const markOf = (secret: string, proof: string) =>
    createHmac('sha256', deriveKey(secret, 'session-keys')).update(proof).digest('base64url')
  /** Null if another key signed it. Throws if it is invalid for another reason. */
  async function verifyBy(secret: string, token: string): Promise<OpenedSession | null> {
    try {
      const { payload } = await jwtVerify(token, keyOf(secret), {
        algorithms: ['HS256'],
        requiredClaims: ['sub', 'exp'],
      })
      return {
        caller: payload.sub ?? '',
        name: typeof payload.name === 'string' ? payload.name : '',
        standsFor: (proof) => payload.key === markOf(secret, proof),
      }
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) return null
      throw error
    }
  }
  return {
    async issue({ caller, name }, proof) {
      const secret = secretKey.current()
      const key = proof === undefined ? null : markOf(secret, proof)
      const expiresAt = new Date(Math.floor(Date.now() / 1000) * 1000 + SESSION_HOURS * 3_600_000)
      const token = await new SignJWT({ name, key })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(caller)
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .sign(keyOf(secret))
      return { token, expiresAt }
    },
    async verify(token) {
      try {
        return await firstMatch(secretKey, (secret) => verifyBy(secret, token))
      } catch {
        return null
      }
    },
  }
}
