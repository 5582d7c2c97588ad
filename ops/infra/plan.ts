import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { placeholdersIn } from '../../stacks/placeholders.ts'
import { settingsOf } from '../../stacks/stacks.ts'
import { Failure } from '../lib/failures.ts'
import { report } from '../lib/report.ts'
import { imageTagFault } from './image-tag.ts'
import { changesOf, digestOf, parsePlan, summarize } from './summary.ts'
import { captured, openWorkspace, planFile, replacedSettings, stackName, type Workspace } from './workspace.ts'

/**
 * Plans a stack: writes the plan file that `apply` applies, and a summary of it. REVIEWED is the digest of a plan that somebody has
 * approved: a plan that would do anything else is refused. REFRESH=false compares with the state only, LOCK=false locks nothing, as
 * a role that only reads has to.
 */
export async function plan(env: NodeJS.ProcessEnv): Promise<void> {
  const image = imageVariable(env)
  const placeholders = placeholdersIn(settingsOf(stackName(env), replacedSettings(env)))
  if (placeholders.length > 0 && env.ENV === 'prod') throw new Failure(placeholders.join('\n'))
  const workspace = await openWorkspace(env)
  const file = join(workspace.folder, planFile)
  await rm(file, { force: true }) // a failed plan must not leave an old one to apply
  const refresh = env.REFRESH === 'false' ? ['-refresh=false'] : []
  const json = await planned(workspace, planFile, ...locking(env), ...refresh, ...image)
  const digest = digestOf(json)
  const lines = [
    summarize(workspace.name, changesOf(json)),
    ...(refresh.length > 0 ? ['Compared with the state, not with AWS (REFRESH=false).'] : []),
  ]
  lines.push(...placeholders)
  const summary = lines.join('\n')
  await writeFile(join(workspace.folder, 'plan.txt'), `${summary}\n`)
  console.log(summary)
  if (env.REVIEWED && env.REVIEWED !== digest) {
    await rm(file)
    throw new Failure(
      `Nothing is applied: this is not the plan that was reviewed (${env.REVIEWED.slice(0, 12)}, now ${digest.slice(0, 12)}). Something changed meanwhile: review again.`,
    )
  }
  console.log(
    `Apply it: make apply ENV=${workspace.name}   (all details: terraform -chdir=${workspace.folder} show ${planFile}; digest ${digest.slice(0, 12)})`,
  )
  await report({ digest, summary })
}

/** Compares what runs with what is written, without a plan to apply. @throws Failure when something differs */
export async function drift(env: NodeJS.ProcessEnv): Promise<void> {
  const workspace = await openWorkspace(env)
  const file = 'drift.tfplan'
  const changes = changesOf(await planned(workspace, file, '-lock=false'))
  await rm(join(workspace.folder, file))
  if (changes.length > 0) {
    const summary = `What runs is not what is written. ${summarize(workspace.name, changes)}`
    await report({ summary })
    throw new Failure(summary)
  }
  console.log(`${workspace.name}: no drift`)
}

async function planned(workspace: Workspace, file: string, ...args: string[]) {
  await captured(workspace, 'plan', '-input=false', '-no-color', `-out=${file}`, ...args)
  return parsePlan(await captured(workspace, 'show', '-json', file))
}

const locking = ({ LOCK }: NodeJS.ProcessEnv) => (LOCK === 'false' ? ['-lock=false'] : ['-lock-timeout=30s'])

/** The image tag as an argument for Terraform; without one the service keeps the tag that runs. */
function imageVariable({ IMAGE_TAG: tag }: NodeJS.ProcessEnv): string[] {
  if (!tag) return []
  const fault = imageTagFault(tag)
  if (fault) throw new Failure(fault)
  return [`-var=image_tag=${tag}`]
}
