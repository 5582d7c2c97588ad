import { jwtVerify, SignJWT } from 'jose'
import { deriveKey } from '../http/secrets.ts'

/** One shift. */
export const SESSION_HOURS = 12

export interface SessionClaims {
  /** The caller that signed in: "open", "admin" or "key:<id>". */
  caller: string
  /** The person's name. */
  name: string
}

export interface SessionTokens {
  issue(claims: SessionClaims): Promise<{ token: string; expiresAt: Date }>
  /** Null where the token is not ours or has expired. */
  verify(token: string): Promise<SessionClaims | null>
}

/** Bearer tokens for people: signed, not stored; they end with their twelve hours, or with the key that they stand for. */
export function sessionTokens(secretKey: string): SessionTokens {
  const key = deriveKey(secretKey, 'sessions')
  return {
    async issue({ caller, name }) {
      const expiresAt = new Date(Math.floor(Date.now() / 1000) * 1000 + SESSION_HOURS * 3_600_000)
      const token = await new SignJWT({ name })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(caller)
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .sign(key)
      return { token, expiresAt }
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], requiredClaims: ['sub', 'exp'] })
        return { caller: payload.sub ?? '', name: typeof payload.name === 'string' ? payload.name : '' }
      } catch {
        return null
      }
    },
  }
}
