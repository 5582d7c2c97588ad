import { cleanText } from '../../domain/text.ts'
import type { Caller } from '../../platform/http/caller.ts'
import { badField } from '../../platform/http/problem.ts'

/** Who decides: the session's name, or of a bare key the one that the call names. Throws a 400 where there is none. */
export function personOf(caller: Caller, named: string | undefined): string {
  const person = cleanText(caller.name ?? named ?? '').trim()
  if (person) return person
  throw badField('person', 'is missing: sign in (POST /api/v1/session), or say who decides')
}
