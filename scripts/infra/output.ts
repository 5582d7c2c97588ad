import { Failure } from './failures.ts'
import { captured, openWorkspace } from './workspace.ts'

export type Outputs = Readonly<Record<string, { readonly value: unknown; readonly sensitive: boolean }>>

/** What a stack offers to people, by name. @throws Failure in readable words */
export async function outputsOf(env: NodeJS.ProcessEnv): Promise<Outputs> {
  const workspace = await openWorkspace(env)
  const outputs = JSON.parse(await captured(workspace, 'output', '-json')) as Outputs
  if (Object.keys(outputs).length === 0) {
    throw new Failure(`${workspace.name} has no outputs yet: it has not been applied.`)
  }
  return outputs
}

/** Prints what a stack offers to people: addresses, names, ARNs of secrets; never their values. */
export async function output(env: NodeJS.ProcessEnv): Promise<void> {
  const outputs = await outputsOf(env)
  const entries = Object.entries(outputs).filter(([, { sensitive }]) => !sensitive)
  const width = Math.max(...entries.map(([key]) => key.length))
  for (const [key, { value }] of entries) {
    const lines = Array.isArray(value)
      ? value.map(String)
      : [typeof value === 'object' ? JSON.stringify(value) : String(value)]
    for (const [index, line] of lines.entries()) console.log(`${(index === 0 ? key : '').padEnd(width)}  ${line}`)
  }
}
