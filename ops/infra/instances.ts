import { runInNewContext } from 'node:vm'

/** Terraform's functions that our `count` and `for_each` use; what else they hold reads the same in JavaScript. */
const functions = {
  toset: (list: readonly unknown[]) => [...new Set(list)],
  slice: (list: readonly unknown[], from: number, to: number) => list.slice(from, to),
  length: (list: readonly unknown[]) => list.length,
}

/** How many instances of a resource its `count` or `for_each` makes, given the module's variables. */
export function instances(
  values: Readonly<Record<string, unknown>>,
  variables: Readonly<Record<string, unknown>>,
): number {
  const expression = values.count ?? values.for_each
  if (expression === undefined) return 1
  const code = /^\$\{(.*)\}$/.exec(String(expression))?.[1] ?? String(expression)
  const made: unknown = runInNewContext(code.replaceAll('var.', 'given.'), { ...functions, given: variables })
  return Array.isArray(made) ? made.length : Number(made)
}
