import { copyFile, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { settingsOf, stackNames } from '../../stacks/stacks.ts'
import { testProvider } from '../../stacks/test-provider.ts'
import { explain, Failure } from '../lib/failures.ts'
import { quiet, type Terraform, terraform } from './terraform.ts'

/** Where people and workflows run Terraform: the lock file has the checksums of the provider for each of them. */
const platforms = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64', 'windows_amd64']

/** The committed lock file of a stack, and where Terraform looks for it. */
const committed = (name: string) => join('stacks', 'locks', `${name}.terraform.lock.hcl`)
const used = (folder: string) => join(folder, '.terraform.lock.hcl')

/**
 * Arguments of `terraform init` for a stack's folder. A committed lock file is used, and not written to; without one Terraform makes its
 * own anew, for the version that the stack asks for. Tests with another provider have no use for either.
 */
export async function initArguments(name: string, folder: string, { initArguments }: Terraform): Promise<string[]> {
  await rm(used(folder), { force: true })
  const locked = testProvider() === undefined && (await copied(committed(name), used(folder)))
  return ['-input=false', ...(locked ? ['-lockfile=readonly'] : []), ...initArguments]
}

/** Copies a file where it is there. */
async function copied(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

/**
 * Writes the lock files of the stacks for all platforms, from the registry or from the mirror TERRAFORM_PLUGIN_DIR. PLATFORMS names fewer.
 * @param synthesize writes a stack and returns its folder
 */
export async function writeLocks(env: NodeJS.ProcessEnv, synthesize: (name: string) => Promise<string>): Promise<void> {
  const wanted = env.PLATFORMS ? env.PLATFORMS.split(/[\s,]+/).filter(Boolean) : platforms
  const made = new Map<string, string>() // by version: the stacks ask for the same provider, which is large
  for (const name of stackNames) {
    const version = testProvider() ?? settingsOf(name).providerVersion
    const file = committed(name)
    await mkdir(dirname(file), { recursive: true })
    const same = made.get(version)
    if (same) await copyFile(same, file)
    else await copyFile(await lockedBy(env, await synthesize(name), version, wanted), file)
    made.set(version, file)
    console.log(`${file}: hashicorp/aws ${version} for ${wanted.join(', ')}`)
  }
}

/** @returns the lock file that Terraform has written in a stack's folder */
async function lockedBy(env: NodeJS.ProcessEnv, folder: string, version: string, wanted: string[]): Promise<string> {
  const { TERRAFORM_PLUGIN_DIR: mirror } = env
  const from = mirror ? [`-fs-mirror=${mirror}`] : []
  const here = { env: quiet(env) }
  await rm(used(folder), { force: true })
  const got = await terraform(here, folder, 'get', '-no-color')
  if (!got.ok) throw explain(got.stderr)
  const args = [...from, ...wanted.map((platform) => `-platform=${platform}`)]
  const { ok, stderr } = await terraform(here, folder, 'providers', 'lock', '-no-color', ...args)
  if (ok) return used(folder)
  const source = mirror ? `the mirror ${mirror}` : 'the registry'
  throw new Failure(
    `No lock file is written: ${source} does not give hashicorp/aws ${version} for ${wanted.join(', ')}. Run make lock where registry.terraform.io answers, or name a mirror that has all of them (TERRAFORM_PLUGIN_DIR), or fewer PLATFORMS.\n${explain(stderr).message}`,
  )
}
