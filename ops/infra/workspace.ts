import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { makeStack, SettingsError, settingsOf, stackNames } from '../../stacks/stacks.ts'
import { writeStack } from '../../stacks/write.ts'
import { explain, Failure } from '../lib/failures.ts'
import { initArguments } from './locks.ts'
import { findTerraform, type Terraform, terraform } from './terraform.ts'

/** A stack's folder with Terraform ready to run in it. */
export interface Workspace {
  readonly name: string
  readonly folder: string
  readonly terraform: Terraform
}

/** Where the plan lies that `apply` applies. */
export const planFile = 'plan.tfplan'

/** The stack that the user named. */
export function stackName(env: NodeJS.ProcessEnv): string {
  const name = env.ENV ?? ''
  if (!stackNames.includes(name)) {
    throw new Failure(`ENV must name a stack: ${stackNames.join(', ')} (for example: make plan ENV=prod)`)
  }
  return name
}

/** Settings replaced from the command line, such as SET="service.maxTasks=4 protection=false". */
export const replacedSettings = (env: NodeJS.ProcessEnv) => (env.SET ?? '').split(/\s+/).filter(Boolean)

/** Synthesizes a stack. */
export async function synthesize(name: string, replaced: readonly string[]): Promise<string> {
  const folder = stackFolder(name)
  try {
    await writeStack(makeStack(name, replaced), folder)
  } catch (error) {
    if (error instanceof SettingsError) throw new Failure(error.message)
    throw error
  }
  return folder
}

/** Where a stack is written; STACKS_FOLDER puts all of them elsewhere, for rehearsals beside real ones. */
export const stackFolder = (name: string) => join(process.env.STACKS_FOLDER ?? join('cdktf.out', 'stacks'), name)

/** Terraform on this machine, with the provider that a stack pins. @throws Failure saying in one line what is missing */
export async function requireTerraform(env: NodeJS.ProcessEnv, name: string): Promise<Terraform> {
  const found = await findTerraform(env, settingsOf(name, replacedSettings(env)).providerVersion)
  if ('missing' in found) throw new Failure(found.missing)
  return found
}

/** Synthesizes a stack and initializes Terraform in its folder. */
export async function openWorkspace(env: NodeJS.ProcessEnv): Promise<Workspace> {
  const name = stackName(env)
  refuseLostState(env, name)
  const folder = await synthesize(name, replacedSettings(env))
  const found = await requireTerraform(env, name)
  const workspace = { name, folder, terraform: found }
  await captured(workspace, 'init', '-no-color', ...(await initArguments(name, folder, found)))
  return workspace
}

/** @throws Failure in CI, where a state on the runner's disk is lost with the runner */
function refuseLostState(env: NodeJS.ProcessEnv, name: string): void {
  if (!env.CI || settingsOf(name, replacedSettings(env)).backend.kind !== 'local') return
  throw new Failure(
    `backend: a local state of ${name} would be lost with this CI run; set backend in stacks/environments.ts to s3 or cloud.`,
  )
}

/** Runs terraform in the workspace and returns its standard output. @throws Failure in readable words */
export async function captured({ folder, terraform: found }: Workspace, ...args: string[]): Promise<string> {
  const { ok, stdout, stderr } = await terraform(found, folder, ...args)
  if (!ok) throw explain(stderr)
  return stdout
}

/** Runs terraform with its progress on the terminal. @throws Failure in readable words */
export async function shown({ folder, terraform: found }: Workspace, ...args: string[]): Promise<void> {
  const child = spawn('terraform', [`-chdir=${folder}`, ...args], {
    env: found.env,
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw explain(stderr)
}
