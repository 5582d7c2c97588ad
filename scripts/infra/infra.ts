// The infrastructure commands of the Makefile: node scripts/infra/infra.ts <command>, with ENV, IMAGE_TAG, SET, CONFIRM and NAME from the environment.
import { SettingsError } from '../../stacks/stacks.ts'
import { apply, destroy } from './apply.ts'
import { cost } from './cost.ts'
import { Failure } from './failures.ts'
import { output } from './output.ts'
import { drift, plan } from './plan.ts'
import { rotate } from './rotate.ts'
import { secret } from './secret.ts'
import { secretAges } from './secret-ages.ts'
import { moveState } from './state.ts'
import { lock, synth, validate, writeModules } from './validate.ts'

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
  if (!command) throw new Failure(`Usage: node scripts/infra/infra.ts ${Object.keys(commands).join(' | ')}`)
  await command(process.env)
} catch (error) {
  if (!(error instanceof Failure || error instanceof SettingsError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
