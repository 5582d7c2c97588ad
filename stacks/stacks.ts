import type { TerraformStack } from 'cdktf'
import { AccountStack } from './account-stack.ts'
import { EnvironmentStack } from './environment-stack.ts'
import { account, environments } from './environments.ts'
import { type Account, type Environment, override } from './settings.ts'
import { validate } from './validate.ts'
import { validateAccount } from './validate-account.ts'

/** Names of all stacks: the account first, as environments need what it makes. */
export const stackNames: readonly string[] = ['account', ...Object.keys(environments)]

/** Settings that must not be synthesized: all faults at once. */
export class SettingsError extends Error {
  constructor(stack: string, faults: readonly string[]) {
    super([`The settings of ${stack} are wrong:`, ...faults.map((fault) => `  ${fault}`)].join('\n'))
  }
}

/**
 * A stack's settings, some of them replaced by texts such as `service.maxTasks=4`.
 * @throws SettingsError listing every fault; RangeError for a name that is no stack.
 */
export function settingsOf(name: string, replaced: readonly string[] = []): Account | Environment {
  if (name === 'account') return checked(name, override(account, replaced), validateAccount)
  const environment = environments[name]
  if (!environment) throw new RangeError(`There is no stack ${name}; there are ${stackNames.join(', ')}.`)
  return checked(name, override(environment, replaced), validate)
}

function checked<T>(
  name: string,
  { settings, faults }: { settings: T; faults: string[] },
  validate: (settings: T) => string[],
): T {
  const all = [...faults, ...validate(settings)]
  if (all.length > 0) throw new SettingsError(name, all)
  return settings
}

/** Makes a stack from its settings. @throws as `settingsOf` does */
export function makeStack(name: string, replaced: readonly string[] = []): TerraformStack {
  const settings = settingsOf(name, replaced)
  return 'service' in settings ? new EnvironmentStack(settings) : new AccountStack(settings)
}
