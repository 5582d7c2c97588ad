import type { FastifyContextConfig } from 'fastify'
import type { Scope } from '../keys/scopes.ts'
import type { Caller } from './caller.ts'
import { ProblemError } from './problem.ts'

/**
 * The scopes of which a caller needs one. A route that names none is for readers where it only reads, else for
 * administrators: a new one is never open by mistake.
 */
export function scopesOf(method: string | readonly string[], { scope }: FastifyContextConfig): readonly Scope[] {
  if (scope !== undefined) return typeof scope === 'string' ? [scope] : scope
  return [method].flat().every((name) => name === 'GET' || name === 'HEAD') ? ['read'] : ['admin']
}

/** Throws the 403 that names the missing scope. */
export function requireScope({ scopes }: Caller, needed: readonly Scope[]): void {
  if (needed.some((scope) => scopes.includes(scope))) return
  throw new ProblemError(
    403,
    'forbidden',
    `This needs a key with the scope ${needed.join(' or ')}; this one has ${scopes.join(', ') || 'none'}`,
  )
}
