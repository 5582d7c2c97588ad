import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findTestTerraform } from '../../fixtures/terraform.ts'
import { type Outcome, type Terraform, terraform } from '../../ops/infra/terraform.ts'
import { withTestProvider } from '../../stacks/test-provider.ts'

const found = await findTestTerraform()

/** Why tests with Terraform are skipped here; false: they run. For tap's `skip`. */
export const withoutTerraform: string | false = 'missing' in found ? found.missing : false

/** Terraform as found here. Only for tests that `withoutTerraform` guards. */
export function here(): Terraform {
  if ('missing' in found) throw new Error(found.missing)
  return found
}

/** A new empty folder, removed when the test ends. */
export async function temporaryFolder(t: { teardown(remove: () => Promise<void>): void }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wiko-infra-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** `terraform init` without backend, then `validate`. */
export async function validated(folder: string): Promise<Outcome> {
  const init = await terraform(here(), folder, 'init', '-backend=false', '-no-color', ...here().initArguments)
  return init.ok ? terraform(here(), folder, 'validate', '-no-color') : init
}

/**
 * A root folder with an initialized provider, to be copied: an init hashes the provider's 700 MB, and modules that only need the
 * provider can share one.
 */
export async function initialized(folder: string, requirement: object): Promise<string> {
  await mkdir(folder, { recursive: true })
  await writeFile(
    join(folder, 'main.tf.json'),
    withTestProvider(JSON.stringify({ terraform: { required_providers: requirement } })),
  )
  const init = await terraform(here(), folder, 'init', '-backend=false', '-no-color', ...here().initArguments)
  if (!init.ok) throw new Error(init.stderr)
  return folder
}

/** Copies what an init left in one folder to another. */
export async function shareInit(from: string, to: string): Promise<void> {
  for (const name of ['.terraform', '.terraform.lock.hcl'])
    await cp(join(from, name), join(to, name), { recursive: true })
}
