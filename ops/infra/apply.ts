import { access, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { settingsOf } from '../../stacks/stacks.ts'
import { confirm } from '../lib/confirm.ts'
import { Failure } from '../lib/failures.ts'
import {
  openWorkspace,
  planFile,
  replacedSettings,
  requireTerraform,
  shown,
  stackFolder,
  stackName,
} from './workspace.ts'

/** Applies the plan that `plan` wrote, and nothing else. */
export async function apply(env: NodeJS.ProcessEnv): Promise<void> {
  const name = stackName(env)
  const folder = stackFolder(name)
  const plan = join(folder, planFile)
  await access(plan).catch(() => {
    throw new Failure(`There is no plan of ${name}: run make plan ENV=${name} first.`)
  })
  await shown(
    { name, folder, terraform: await requireTerraform(env, name) },
    'apply',
    '-input=false',
    '-no-color',
    planFile,
  )
  await rm(plan, { force: true }) // it is used up
}

/** Destroys a stack once its name has been typed (or given as CONFIRM). */
export async function destroy(env: NodeJS.ProcessEnv): Promise<void> {
  const name = stackName(env)
  if (settingsOf(name, replacedSettings(env)).protection) {
    throw new Failure(
      `${name} is protected: plan and apply it with SET="protection=false${name === 'prod' ? ' allowUnprotectedProd=true' : ''}" first, then destroy it with the same SET.`,
    )
  }
  const question = `This destroys ${name} and its data. Type its name to go on: `
  await confirm(env, name, question, 'Not destroyed: that is not its name.')
  await shown(await openWorkspace(env), 'destroy', '-auto-approve', '-input=false', '-no-color')
}
