import { badField, ProblemError } from '../../platform/http/problem.ts'

/** The newest version of what people said of an analysis. */
interface Newest {
  id: string
  person: string
  /** ISO 8601. */
  at: string
}

interface Words {
  /** What the versions are called. */
  noun: string
  /** Of the problem. */
  kind: string
  detail: (newest: Newest) => string
}

/** Refuses what was decided on an older state. `after`: the newest version that the person saw; undefined: not said. */
export function refuseOutdated(newest: Newest | null, after: string | null | undefined, words: Words): void {
  if (after === undefined || (after?.toLowerCase() ?? null) === (newest?.id ?? null)) return
  if (!newest) throw badField('after', `is no ${words.noun} of this analysis, which has none: send null`)
  const { id, person, at } = newest
  throw new ProblemError(409, words.kind, words.detail(newest), {
    errors: [{ field: 'after', message: `must be ${id}, which is the newest: by ${person} at ${at}` }],
  })
}
