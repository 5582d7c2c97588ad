// A deployment in the name of its own role, with permission checks, on a simulated AWS account: node test/rehearsal/role.ts
import { join } from 'node:path'
import { findTestTerraform } from '../../fixtures/terraform.ts'
import { captured, type Workspace } from '../../ops/infra/workspace.ts'
import { Failure } from '../../ops/lib/failures.ts'
import { secondsSince } from '../../ops/lib/progress.ts'
import { makeStack } from '../../stacks/stacks.ts'
import { writeStack } from '../../stacks/write.ts'
import { onSimulatedAccount, type SimulatedAccount } from './simulated-account.ts'

/** Staging: its role has the least rights of all. */
const environment = 'staging'
const begin = performance.now()
const say = (line: string) => console.log(`[+${secondsSince(begin)} s] ${line}`)

async function main(): Promise<void> {
  process.env.SIMULATED_PERMISSIONS = '1' // of calls in the name of a role
  // Providers before 6.26 read the values of secrets that they write; the role's own denial is tested in account.test.ts.
  process.env.SIMULATED_PERMISSIONS_BUT = 'secretsmanager:GetSecretValue'
  await onSimulatedAccount(rehearse)
}

async function rehearse(account: SimulatedAccount, folder: string): Promise<void> {
  const terraform = await findTestTerraform()
  if ('missing' in terraform) throw new Failure(terraform.missing)
  console.log(`Terraform ${terraform.version}, AWS provider ${terraform.provider}`)
  const open = async (name: string, replaced: readonly string[], env: NodeJS.ProcessEnv): Promise<Workspace> => {
    const all = { ...terraform.env, ...account.env, ...env }
    const workspace = { name, folder: join(folder, name), terraform: { ...terraform, env: all } }
    const local = 'backend={"kind":"local","path":"rehearsal.tfstate"}'
    await writeStack(makeStack(name, [local, ...replaced]), workspace.folder)
    await run(workspace, 'init', ...terraform.initArguments)
    return workspace
  }
  const administrator = await open('account', ['protection=false'], {})
  const roles = [`-target=module.${environment}_deployer`]
  await run(administrator, 'apply', '-auto-approve', ...roles)
  say(`the role that deploys ${environment} is there`)
  process.env.DEPLOYED = environment
  const role = JSON.parse(await account.ask('take_role.py')) as NodeJS.ProcessEnv
  const refused = await account.ask('overstep.py')
  if (refused.trim()) throw new Failure(`The role that deploys ${environment} could\n${refused}`)
  say('what is beyond it is refused')
  const deployed = await open(environment, [], role)
  await run(deployed, 'apply', '-auto-approve', '-var=image_tag=rehearsal')
  say(`${environment} is applied in its name`)
  await run(deployed, 'destroy', '-auto-approve')
  say(`${environment} is destroyed in its name`)
}

const run = (workspace: Workspace, command: string, ...args: string[]) =>
  captured(workspace, command, '-input=false', '-no-color', ...args)

try {
  await main()
  say('The rehearsal of the role passed.')
} catch (error) {
  if (!(error instanceof Failure)) throw error
  console.error(error.message)
  process.exitCode = 1
}
