import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TerraformStack } from 'cdktf'
import { foldersOf, type ModuleFolder } from '../modules/define.ts'
import { render } from '../modules/stack.ts'
import { withTestProvider } from './test-provider.ts'

const sources = join(import.meta.dirname, '..', 'modules')

/**
 * Writes a stack as a folder that holds all it needs, its modules included, so that it can be sent whole to Terraform Cloud.
 * What Terraform itself keeps there (.terraform, its lock file) stays.
 */
export async function writeStack(stack: TerraformStack, folder: string): Promise<void> {
  await rm(join(folder, 'modules'), { recursive: true, force: true })
  const rendered = render(stack)
  rendered.terraform = { required_version: '>= 1.11.0', ...rendered.terraform }
  // CDKTF's command line reads backend, name, version and outputs here.
  const json = { '//': stack.toTerraform()['//'], ...rendered }
  await writeFiles(folder, new Map([['cdk.tf.json', `${JSON.stringify(json, null, 2)}\n`]]))
  for (const module of foldersOf(stack).values()) await writeModule(module, join(folder, 'modules', module.name))
}

/** Writes a module's folder. */
export const writeModule = (module: ModuleFolder, folder: string) => writeFiles(folder, module.files)

/** Writes a module's folder with its tests beside the code, so that `terraform test` runs there. */
export async function writeTestedModule(module: ModuleFolder, folder: string): Promise<void> {
  await writeModule(module, folder)
  await cp(join(sources, module.name, 'tests'), join(folder, 'tests'), { recursive: true })
  await cp(join(sources, 'mocks'), join(folder, 'tests', 'mocks'), { recursive: true })
}

/** Writes the example in plain HCL beside the modules that it names. */
export async function writeExample(modules: string): Promise<string> {
  const folder = join(modules, 'examples', 'complete')
  await cp(join(sources, 'examples', 'complete'), folder, { recursive: true })
  return folder
}

async function writeFiles(folder: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<void> {
  for (const [name, content] of files) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, name.endsWith('.tf.json') ? withTestProvider(String(content)) : content)
  }
}
