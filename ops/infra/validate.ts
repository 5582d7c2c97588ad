import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { modules } from '../../modules/index.ts'
import { readme } from '../../modules/readme.ts'
import { writeManifest } from '../../stacks/manifest.ts'
import { stackNames } from '../../stacks/stacks.ts'
import { writeExample, writeTestedModule } from '../../stacks/write.ts'
import { explain, Failure } from '../lib/failures.ts'
import { initArguments, writeLocks } from './locks.ts'
import { terraform } from './terraform.ts'
import { replacedSettings, requireTerraform, synthesize } from './workspace.ts'

/** Writes the stack that ENV names, or all, with the manifest for CDKTF's command line. */
export async function synth(env: NodeJS.ProcessEnv): Promise<void> {
  for (const name of env.ENV ? [env.ENV] : stackNames) {
    if (!stackNames.includes(name)) throw new Failure(`There is no stack ${name}; there are ${stackNames.join(', ')}.`)
    console.log(`${name}: ${await synthesize(name, replacedSettings(env))}`)
  }
  if (!env.ENV && !env.STACKS_FOLDER) await writeManifest(stackNames, replacedSettings(env), 'cdktf.out')
}

/** Writes every module as a folder that any Terraform code can name as its `source`, and its README beside its definition. */
export async function writeModules(): Promise<void> {
  for (const module of modules) {
    const folder = join('cdktf.out', 'modules', module.moduleName)
    const text = readme(module)
    await writeTestedModule(module.build(), folder)
    await writeFile(join(folder, 'README.md'), text)
    await writeFile(join('modules', module.moduleName, 'README.md'), text)
    console.log(`${folder}: ${module.definition.description}`)
  }
  console.log(`${await writeExample(join('cdktf.out', 'modules'))}: the modules from plain HCL`)
}

/** `terraform validate` of the stacks, their modules included. */
export async function validate(env: NodeJS.ProcessEnv): Promise<void> {
  for (const name of env.ENV ? [env.ENV] : stackNames) {
    const folder = await synthesize(name, replacedSettings(env))
    const found = await requireTerraform(env, name)
    const init = ['init', '-backend=false', ...(await initArguments(name, folder, found))]
    for (const args of [init, ['validate']]) {
      const { ok, stdout, stderr } = await terraform(found, folder, ...args, '-no-color')
      if (!ok) throw explain(stderr || stdout)
    }
    console.log(`${name}: valid with AWS provider ${found.provider}`)
  }
}

/** Writes the lock files of all stacks. */
export const lock = (env: NodeJS.ProcessEnv): Promise<void> => writeLocks(env, (name) => synthesize(name, []))
