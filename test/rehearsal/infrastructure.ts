// The whole life of the infrastructure on a simulated AWS account: node test/rehearsal/infrastructure.ts [stack ...]
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findTestTerraform } from '../../fixtures/terraform.ts'
import { changesOf, parsePlan } from '../../ops/infra/summary.ts'
import { captured, planFile, type Workspace } from '../../ops/infra/workspace.ts'
import { Failure } from '../../ops/lib/failures.ts'
import { makeStack } from '../../stacks/stacks.ts'
import { writeStack } from '../../stacks/write.ts'
import { onSimulatedAccount, type SimulatedAccount } from './simulated-account.ts'

/** Without protection, or nothing could be destroyed. The state lies beside the code, in a throw-away folder. */
const settings: Readonly<Record<string, readonly string[]>> = {
  account: ['protection=false'],
  prod: ['protection=false', 'allowUnprotectedProd=true', 'service.separateWorker=true'],
  staging: ['protection=false'],
}
/** The changes in the middle of the life. Those of the service must change it in place: a replacement is an outage. */
const changes: Readonly<Record<string, readonly string[]>> = {
  account: ['budget.monthlyDollars=600'],
  prod: [
    'service.maxTasks=8',
    'service.minTasks=3',
    'service.spotPercent=25',
    'service.workerTasks=3',
    'service.cpu=1024',
  ],
  staging: ['service.maxTasks=3', 'service.minTasks=2', 'service.spotPercent=50', 'service.cpu=512'],
}
const accepted = join(import.meta.dirname, 'simulated-aws', 'accepted-drift.json')

type Drift = Readonly<Record<string, readonly string[]>>

function main(names: readonly string[]): Promise<void> {
  return onSimulatedAccount(async (account, folder) => {
    const env = { ...process.env, ...account.env }
    const terraform = await findTestTerraform()
    if ('missing' in terraform) throw new Failure(terraform.missing)
    console.log(`Terraform ${terraform.version}, AWS provider ${terraform.provider}`)
    const lives = names.map((name) => ({
      name,
      folder: join(folder, name),
      terraform: { ...terraform, env: { ...terraform.env, ...env } },
    }))
    for (const life of lives) await build(life, account)
    for (const life of lives) await alter(life)
    for (const life of lives.toReversed())
      await step(`${life.name}: destroy`, () => run(life, 'destroy', '-auto-approve'))
    await step('nothing is left', () => nothingLeft(lives, account))
  })
}

async function build(life: Workspace, account: SimulatedAccount): Promise<void> {
  await write(life, [])
  await step(`${life.name}: init`, () => run(life, 'init', ...life.terraform.initArguments))
  await step(`${life.name}: apply to an empty account`, () => run(life, 'apply', '-auto-approve', ...image(life)))
  await step(`${life.name}: no secret value is in the state`, () => noSecretIn(life, account))
  await step(`${life.name}: plan again, empty but for the written drift`, () => settled(life, 'first'))
}

async function alter(life: Workspace): Promise<void> {
  const settings = changes[life.name] ?? []
  await write(life, settings)
  await step(`${life.name}: plan with ${settings.join(' ')}, nothing but task definitions replaced`, () =>
    inPlace(life),
  )
  await step(`${life.name}: apply it`, () => run(life, 'apply', planFile))
  await step(`${life.name}: plan again, empty but for the written drift`, () => settled(life, 'changed'))
}

/** Plans a change. A task definition is a new revision each time; anything else that is made anew is an outage or a loss. */
async function inPlace(life: Workspace): Promise<void> {
  await run(life, 'plan', `-out=${planFile}`)
  const planned = changesOf(parsePlan(await captured(life, 'show', '-json', planFile)))
  const gone = planned.filter(
    ({ address, actions }) => actions.includes('delete') && !/\.aws_ecs_task_definition\./.test(address),
  )
  if (gone.length > 0)
    throw new Failure(
      `replaced or destroyed: ${gone.map(({ address, because }) => `${address} (${because.join(', ')})`).join(', ')}`,
    )
  const services = planned.filter(({ address }) => /\.aws_ecs_service\./.test(address))
  if ('prod' === life.name && services.length !== 2)
    throw new Failure(
      `both services should change, but these do: ${services.map(({ address }) => address).join(', ') || 'none'}`,
    )
}

const write = (life: Workspace, more: readonly string[]) =>
  writeStack(
    makeStack(life.name, [
      ...(settings[life.name] ?? []),
      'backend={"kind":"local","path":"rehearsal.tfstate"}',
      ...more,
    ]),
    life.folder,
  )

/** The first apply has no running image to keep. */
const image = ({ name }: Workspace) => (name === 'account' ? [] : ['-var=image_tag=rehearsal'])

const run = (life: Workspace, command: string, ...args: string[]) =>
  captured(life, command, '-input=false', '-no-color', ...args)

async function noSecretIn(life: Workspace, account: SimulatedAccount): Promise<void> {
  const state = await readFile(join(life.folder, 'rehearsal.tfstate'), 'utf8')
  const values = JSON.parse(await account.ask('secret_values.py')) as Record<string, string>
  const found = Object.entries(values).filter(([, value]) => state.includes(value))
  if (found.length > 0) throw new Failure(`the state holds the value of ${found.map(([name]) => name).join(', ')}`)
}

/** What the simulated account reads back differently is written down, and must be exactly that. */
async function settled(life: Workspace, when: 'first' | 'changed'): Promise<void> {
  await run(life, 'plan', '-out=again.tfplan')
  const changes = changesOf(parsePlan(await captured(life, 'show', '-json', 'again.tfplan')))
  const drift = Object.fromEntries(changes.map(({ address, changed }) => [address, changed]))
  const written = (JSON.parse(await readFile(accepted, 'utf8')) as Record<string, Drift>)[`${life.name} ${when}`] ?? {}
  if (JSON.stringify(drift, null, 1) !== JSON.stringify(written, null, 1)) {
    throw new Failure(`drift is ${JSON.stringify(drift, null, 1)}\nwritten is ${JSON.stringify(written, null, 1)}`)
  }
}

async function nothingLeft(lives: readonly Workspace[], account: SimulatedAccount): Promise<void> {
  for (const life of lives) {
    const left = await captured(life, 'state', 'list')
    if (left.trim()) throw new Failure(`${life.name} still has ${left}`)
  }
  const remaining = await account.ask('remaining.py')
  if (remaining.trim()) throw new Failure(`the account still holds\n${remaining}`)
}

async function step(title: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now()
  process.stdout.write(`${title} ... `)
  try {
    await work()
  } catch (error) {
    console.log('failed')
    throw error
  }
  console.log(`${((performance.now() - start) / 1000).toFixed(0)} s`)
}

const names = process.argv.slice(2)
try {
  await main(names.length > 0 ? names : ['account', 'prod'])
  console.log('The rehearsal passed.')
} catch (error) {
  if (!(error instanceof Failure)) throw error
  console.error(error.message)
  process.exitCode = 1
}
