import { execFile } from 'node:child_process'
import { access, glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { awsProvider } from '../../modules/stack.ts'
import { testProvider } from '../../stacks/test-provider.ts'

const run = promisify(execFile)
const repository = join(import.meta.dirname, '..', '..')

/** Terraform as it can be run on this machine, with the AWS provider within its reach. */
export interface Terraform {
  readonly version: string
  /** Version of the AWS provider that it uses. */
  readonly provider: string
  /** Arguments that `terraform init` needs to find the provider. */
  readonly initArguments: readonly string[]
  /** Environment in which all commands run. */
  readonly env: NodeJS.ProcessEnv
}

/** What a command said. */
export interface Outcome {
  readonly ok: boolean
  readonly stdout: string
  readonly stderr: string
}

/** Runs terraform in a folder and returns what it said; a failure is an outcome, not an exception. */
export async function terraform(found: Pick<Terraform, 'env'>, folder: string, ...args: string[]): Promise<Outcome> {
  try {
    const { stdout, stderr } = await run('terraform', [`-chdir=${folder}`, ...args], {
      env: found.env,
      maxBuffer: 2 ** 28,
    })
    return { ok: true, stdout, stderr }
  } catch (error) {
    const { stdout = '', stderr = String(error) } = error as Partial<Outcome>
    return { ok: false, stdout, stderr }
  }
}

/**
 * Finds Terraform and the AWS provider: by a plain init first (registry, or a mirror that Terraform itself is configured for), then in
 * a local mirror that TERRAFORM_PLUGIN_DIR or `../shared/terraform/plugin-dirs` names.
 * @param wanted which versions of the provider will do; TEST_AWS_PROVIDER, of tests, takes its place
 * @returns what was found, or in one line what is missing.
 */
export async function findTerraform(
  env: NodeJS.ProcessEnv = process.env,
  wanted: string = awsProvider.version,
): Promise<Terraform | { missing: string }> {
  const version = await run('terraform', ['version', '-json'], { env })
    .then(({ stdout }) => (JSON.parse(stdout) as { terraform_version: string }).terraform_version)
    .catch(() => undefined)
  if (version === undefined) return { missing: 'terraform is not on the PATH (install 1.11 or newer)' }
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < 1 || (major === 1 && minor < 11))
    return { missing: `terraform ${version} is too old: 1.11 or newer is needed` }

  const constraint = testProvider() ?? wanted
  const folder = await mkdtemp(join(tmpdir(), 'wiko-terraform-'))
  try {
    const aws = { ...awsProvider, version: constraint }
    await writeFile(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: { aws } } }))
    const plain = { version, provider: '', initArguments: [], env: quiet(env) }
    if ((await terraform(plain, folder, 'init', '-input=false', '-no-color')).ok)
      return { ...plain, provider: await selected(folder) }
    for (const directory of await mirrors(env)) {
      // The machine's own configuration may name a network mirror that does not answer.
      const mirrored = {
        ...plain,
        initArguments: [`-plugin-dir=${directory}`],
        env: { ...quiet(env), TF_CLI_CONFIG_FILE: '/dev/null' },
      }
      if ((await terraform(mirrored, folder, 'init', '-input=false', '-no-color', ...mirrored.initArguments)).ok)
        return { ...mirrored, provider: await selected(folder) }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return {
    missing: `the AWS provider ${constraint} is neither in a registry within reach nor in a local mirror (TERRAFORM_PLUGIN_DIR)`,
  }
}

/** No prompts and no hints for interactive use. */
export const quiet = (env: NodeJS.ProcessEnv) => ({
  ...env,
  TF_IN_AUTOMATION: '1',
  TF_INPUT: '0',
  CHECKPOINT_DISABLE: '1',
})

/** The version of the provider that an init of a folder has chosen. */
async function selected(folder: string): Promise<string> {
  const lock = await readFile(join(folder, '.terraform.lock.hcl'), 'utf8')
  return /hashicorp\/aws" \{\s*version\s*= "([^"]+)"/.exec(lock)?.[1] ?? 'unknown'
}

/** Folders that may hold a mirror, the newest provider first. One without a provider in it, as while it is built, is passed over. */
async function mirrors(env: NodeJS.ProcessEnv): Promise<string[]> {
  const named = env.TERRAFORM_PLUGIN_DIR ? [env.TERRAFORM_PLUGIN_DIR] : []
  const lister = join(repository, '..', 'shared', 'terraform', 'plugin-dirs')
  const listed = await access(lister)
    .then(() => run(lister))
    .then(({ stdout }) => stdout.trim().split('\n').filter(Boolean))
    .catch(() => [])
  const newestFirst = listed.sort((a, b) => b.localeCompare(a, undefined, { numeric: true }))
  const all = [...named, ...newestFirst.map((line) => line.slice(line.indexOf(' ') + 1))]
  const filled = await Promise.all(all.map(holdsProvider))
  return [...new Set(all.filter((_, index) => filled[index]))]
}

/** Whether a mirror has the AWS provider's program or its archive in it, in either of Terraform's layouts. */
async function holdsProvider(mirror: string): Promise<boolean> {
  const provider = join(mirror, '*', 'hashicorp', 'aws')
  for await (const _ of glob([
    join(provider, '*', '*', 'terraform-provider-aws*'),
    join(provider, 'terraform-provider-aws_*.zip'),
  ]))
    return true
  return false
}
