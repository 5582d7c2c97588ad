import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from './failures.ts'
import { changesOf, parsePlan, summarize } from './summary.ts'
import { captured, openWorkspace, planFile, type Workspace } from './workspace.ts'

/** Plans a stack: writes the plan file that `apply` applies, and a summary of it. */
export async function plan(env: NodeJS.ProcessEnv): Promise<void> {
  const image = imageVariable(env)
  const workspace = await openWorkspace(env)
  await rm(join(workspace.folder, planFile), { force: true }) // a failed plan must not leave an old one to apply
  const json = await planned(workspace, planFile, ...image)
  const summary = summarize(workspace.name, changesOf(json))
  await writeFile(join(workspace.folder, 'plan.txt'), `${summary}\n`)
  console.log(summary)
  console.log(
    `Apply it: make apply ENV=${workspace.name}   (all details: terraform -chdir=${workspace.folder} show ${planFile})`,
  )
}

/** Compares what runs with what is written, without a plan to apply. @throws Failure when something differs */
export async function drift(env: NodeJS.ProcessEnv): Promise<void> {
  const workspace = await openWorkspace(env)
  const file = 'drift.tfplan'
  const changes = changesOf(await planned(workspace, file, '-lock=false'))
  await rm(join(workspace.folder, file))
  if (changes.length > 0) throw new Failure(`What runs is not what is written. ${summarize(workspace.name, changes)}`)
  console.log(`${workspace.name}: no drift`)
}

async function planned(workspace: Workspace, file: string, ...args: string[]) {
  await captured(workspace, 'plan', '-input=false', '-no-color', '-lock-timeout=30s', `-out=${file}`, ...args)
  return parsePlan(await captured(workspace, 'show', '-json', file))
}

/** The image tag as an argument for Terraform; without one the service keeps the tag that runs. */
function imageVariable({ IMAGE_TAG: tag }: NodeJS.ProcessEnv): string[] {
  if (!tag) return []
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag)) throw new Failure(`IMAGE_TAG: ${tag} is not an image tag`)
  if (tag === 'latest') throw new Failure('IMAGE_TAG: latest names another image every day; give the tag of one build')
  return [`-var=image_tag=${tag}`]
}
