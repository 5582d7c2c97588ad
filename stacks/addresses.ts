import type { TerraformStack } from 'cdktf'
import { foldersOf } from '../modules/define.ts'
import { render, type TerraformJson } from '../modules/stack.ts'

/** A resource of a stack: its Terraform address, type, and the arguments as synthesized. */
export interface StackResource {
  readonly address: string
  readonly type: string
  readonly arguments: Readonly<Record<string, unknown>>
}

/** Every managed resource of a stack, those of its modules included, in the order of their addresses. */
export function resourcesOf(stack: TerraformStack): StackResource[] {
  const root = render(stack)
  const folders = foldersOf(stack)
  const inModules = Object.entries(root.module ?? {}).flatMap(([name, block]) => {
    const folder = folders.get(String(block.source).replace('./modules/', ''))
    const code = folder?.files.get('main.tf.json')
    if (typeof code !== 'string') throw new Error(`module.${name} has no folder`)
    return resourcesIn(JSON.parse(code) as TerraformJson, `module.${name}.`)
  })
  const all = [...resourcesIn(root, ''), ...inModules]
  return all.sort((a, b) => (a.address < b.address ? -1 : 1))
}

/** The resources in one module's JSON, each address after a prefix. */
export function resourcesIn(json: TerraformJson, prefix: string): StackResource[] {
  return Object.entries(json.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, values]) => ({ address: `${prefix}${type}.${name}`, type, arguments: values })),
  )
}
