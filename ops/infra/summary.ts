import { createHash } from 'node:crypto'

/** One change of a plan, as `terraform show -json` gives it. */
export interface Change {
  readonly address: string
  readonly actions: readonly string[]
  /** Arguments that make a replacement necessary. */
  readonly because: readonly string[]
  /** Arguments whose values differ, without those that are known only after the apply. */
  readonly changed: readonly string[]
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string
    readonly mode: string
    readonly change: {
      readonly actions: readonly string[]
      readonly before?: Readonly<Record<string, unknown>> | null
      readonly after?: Readonly<Record<string, unknown>> | null
      readonly replace_paths?: readonly (readonly (string | number)[])[]
      readonly after_unknown?: unknown
    }
  }[]
}

export const parsePlan = (json: string) => JSON.parse(json) as PlanJson

/** The managed resources that a plan touches. */
export function changesOf({ resource_changes = [] }: PlanJson): Change[] {
  return resource_changes
    .filter(
      ({ mode, change }) =>
        mode === 'managed' && !change.actions.every((action) => action === 'no-op' || action === 'read'),
    )
    .map(({ address, change }) => ({
      address,
      actions: change.actions,
      because: (change.replace_paths ?? []).map((path) => path.join('.')),
      changed: differing(change.before ?? {}, change.after ?? {}),
    }))
}

/**
 * Names what a plan would do, down to the values, by a hash that shows none of them: two plans with the same digest do the same. A plan
 * file is never handed on, as it holds the whole state; who applies plans again and compares this.
 */
export function digestOf(plan: PlanJson): string {
  const touched = new Map(changesOf(plan).map((change) => [change.address, change]))
  const what = (plan.resource_changes ?? []).flatMap(({ address, change }) => {
    const found = touched.get(address)
    if (!found) return []
    const values = found.changed.map((key) => [key, change.before?.[key] ?? null, change.after?.[key] ?? null])
    return [[address, change.actions, values, change.after_unknown ?? null]]
  })
  return createHash('sha256').update(JSON.stringify(what)).digest('hex')
}

function differing(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
}

type Kind = 'destroy' | 'replace' | 'change' | 'create'

function kindOf({ actions }: Change): Kind {
  if (actions.includes('delete')) return actions.includes('create') ? 'replace' : 'destroy'
  return actions.includes('create') ? 'create' : 'change'
}

/** A plan in a screenful: what is lost first, with its reason; what is made, by module. */
export function summarize(name: string, changes: readonly Change[]): string {
  if (changes.length === 0) return `${name}: nothing to do, what runs is what is written.`
  const by = Map.groupBy(changes, kindOf)
  const count = (kind: Kind) => by.get(kind)?.length ?? 0
  const head = `${name}: ${count('create')} to create, ${count('change')} to change, ${count('replace')} to replace, ${count('destroy')} to destroy`
  const listed = (['destroy', 'replace', 'change'] as const).flatMap((kind) =>
    (by.get(kind) ?? []).map(({ address, because }) => {
      const reason = because.length > 0 ? ` (${because.join(', ')} cannot be changed in place)` : ''
      return `  ${kind.padEnd(7)} ${address}${reason}`
    }),
  )
  const made = Map.groupBy(by.get('create') ?? [], ({ address }) => /^module\.[^.]+/.exec(address)?.[0] ?? 'root')
  const created = [...made].map(([module, list]) => `  create  ${String(list.length).padStart(3)} in ${module}`)
  return [head, ...listed, ...created].join('\n')
}
