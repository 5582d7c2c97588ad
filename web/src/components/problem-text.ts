import { type ProblemError, UNREACHABLE } from '../api/problem.ts'
import type { Messages } from '../texts/en/index.ts'
import type { ProblemKind } from '../texts/en/problems.ts'

/** What went wrong, in the page's language. The service's own words are English; they are left where nothing else is known. */
export function problemText({ kind, status, detail }: ProblemError, { problems }: Messages): string {
  const { kinds } = problems
  if (kind === UNREACHABLE) return problems.unreachable
  if (!kinds) return detail || problems.status(status)
  if (kind === null || !Object.hasOwn(kinds, kind)) return [problems.status(status), detail].filter(Boolean).join(' ')
  const text = kinds[kind as ProblemKind]
  // Which field, only the service knows.
  return kind === 'bad-field' ? `${text} ${detail}` : text
}
