import { access, readFile, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { settingsOf } from '../../stacks/stacks.ts'
import { Failure } from '../lib/failures.ts'
import { initArguments } from './locks.ts'
import { captured, replacedSettings, requireTerraform, stackName, synthesize } from './workspace.ts'

/** What is compared: lineage and serial begin anew in an empty bucket. */
interface State {
  readonly resources: readonly {
    readonly module?: string
    readonly type: string
    readonly name: string
    readonly instances: readonly unknown[]
  }[]
}

/** Moves the state of a first apply from this machine into the bucket that the settings name. */
export async function moveState(env: NodeJS.ProcessEnv): Promise<void> {
  const name = stackName(env)
  const { backend } = settingsOf(name, replacedSettings(env))
  if (backend.kind !== 's3') {
    throw new Failure(
      `backend: ${name} has ${backend.kind}, and make state moves to s3 only. Terraform Cloud asks for the state at terraform init.`,
    )
  }
  const bucket = `s3://${backend.bucket}/${name}.tfstate`
  const file = resolve('terraform-state', `${name}.tfstate`)
  await access(file).catch(() => {
    throw new Failure(
      `There is no ${file}: a state that was applied with SET=backend.kind=local lies there. Nothing was moved.`,
    )
  })
  const folder = await synthesize(name, replacedSettings(env))
  const workspace = { name, folder, terraform: await requireTerraform(env, name) }
  const found = await initArguments(name, folder, workspace.terraform)
  await captured(workspace, 'init', '-reconfigure', '-no-color', ...found)
  await captured(workspace, 'state', 'push', file) // refuses to overwrite another state
  const there = contents(await captured(workspace, 'state', 'pull'))
  if (there !== contents(await readFile(file, 'utf8'))) {
    throw new Failure(`${bucket} does not hold what ${file} holds, which stays: compare both by hand.`)
  }
  await rm(file)
  await rm(`${file}.backup`, { force: true })
  console.log(`${name}: the state is in ${bucket}, and no longer on this machine.`)
}

const contents = (text: string) =>
  (JSON.parse(text) as State).resources
    .map(({ module = '', type, name, instances }) => `${module}.${type}.${name}: ${instances.length}`)
    .join('\n')
