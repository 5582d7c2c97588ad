import { Failure } from '../lib/failures.ts'
import { captured, openWorkspace } from './workspace.ts'

/** What a stack offers to people: addresses, names, ARNs of secrets; never their values. @throws Failure before the first apply */
export async function readOutputs(env: NodeJS.ProcessEnv): Promise<Record<string, unknown>> {
  const workspace = await openWorkspace(env)
  const all = JSON.parse(await captured(workspace, 'output', '-json')) as Record<
    string,
    { value: unknown; sensitive: boolean }
  >
  const entries = Object.entries(all).filter(([, { sensitive }]) => !sensitive)
  if (entries.length === 0) throw new Failure(`${workspace.name} has no outputs yet: it has not been applied.`)
  return Object.fromEntries(entries.map(([key, { value }]) => [key, value]))
}

/** Prints the outputs of a stack. */
export async function output(env: NodeJS.ProcessEnv): Promise<void> {
  const outputs = await readOutputs(env)
  const width = Math.max(...Object.keys(outputs).map((key) => key.length))
  for (const [key, value] of Object.entries(outputs)) {
    const lines = Array.isArray(value)
      ? value.map(String)
      : [typeof value === 'object' ? JSON.stringify(value) : String(value)]
    for (const [index, line] of lines.entries()) console.log(`${(index === 0 ? key : '').padEnd(width)}  ${line}`)
  }
}
