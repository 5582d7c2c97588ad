import { environments } from '../../stacks/environments.ts'
import { type Environment, override } from '../../stacks/settings.ts'
import { Failure } from '../lib/failures.ts'
import { replacedSettings } from './workspace.ts'

/** The environment that ENV names, with the settings that SET replaces. @throws Failure in one line */
export function chosenEnvironment(env: NodeJS.ProcessEnv): Environment {
  const chosen = environments[env.ENV ?? '']
  if (!chosen) throw new Failure(`ENV must name an environment: ${Object.keys(environments).join(', ')}`)
  const { settings, faults } = override(chosen, replacedSettings(env))
  if (faults.length > 0) throw new Failure(faults.join('; '))
  return settings
}
