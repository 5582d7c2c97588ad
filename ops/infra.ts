// The infrastructure commands of the Makefile: node ops/infra.ts <command>, with ENV, IMAGE_TAG, SET, CONFIRM and NAME from the environment.
import { SettingsError } from '../stacks/stacks.ts'
import { apply, destroy } from './infra/apply.ts'
import { cost } from './infra/cost.ts'
import { output } from './infra/output.ts'
import { drift, plan } from './infra/plan.ts'
import { rotate } from './infra/rotate.ts'
import { secret } from './infra/secret.ts'
import { secretAges } from './infra/secret-ages.ts'
import { moveState } from './infra/state.ts'
import { lock, synth, validate, writeModules } from './infra/validate.ts'
import { Failure } from './lib/failures.ts'

const commands: Readonly<Record<string, (env: NodeJS.ProcessEnv) => Promise<void>>> = {
  synth,
  modules: writeModules,
  validate,
  lock,
  plan,
  apply,
  state: moveState,
  destroy,
  output,
  drift,
  cost,
  secret,
  'secret-ages': secretAges,
  rotate,
}

const [name = ''] = process.argv.slice(2)
const command = commands[name]
try {
  if (!command) throw new Failure(`Usage: node ops/infra.ts ${Object.keys(commands).join(' | ')}`)
  await command(process.env)
} catch (error) {
  if (!(error instanceof Failure || error instanceof SettingsError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
