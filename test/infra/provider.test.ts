import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { awsProvider, type TerraformJson } from '../../modules/stack.ts'
import { initArguments, writeLocks } from '../../ops/infra/locks.ts'
import { findTerraform } from '../../ops/infra/terraform.ts'
import { captured } from '../../ops/infra/workspace.ts'
import { environments } from '../../stacks/environments.ts'
import { makeStack, settingsOf, stackNames } from '../../stacks/stacks.ts'
import { withTestProvider } from '../../stacks/test-provider.ts'
import { writeStack } from '../../stacks/write.ts'
import { here, temporaryFolder, withoutTerraform } from './terraform.ts'

/** Runs with another TEST_AWS_PROVIDER, or none. */
async function under<T>(version: string | undefined, work: () => Promise<T>): Promise<T> {
  const before = process.env.TEST_AWS_PROVIDER
  const set = (value: string | undefined) => {
    if (value === undefined) delete process.env.TEST_AWS_PROVIDER
    else process.env.TEST_AWS_PROVIDER = value
  }
  set(version)
  try {
    return await work()
  } finally {
    set(before)
  }
}

const required = async (file: string) =>
  (JSON.parse(await readFile(file, 'utf8')) as TerraformJson).terraform?.required_providers?.aws?.version

t.test('modules accept 6.26 and newer, a root stack pins one version, and only the tests replace both', async (t) => {
  const folder = await temporaryFolder(t)
  const files = { root: join(folder, 'cdk.tf.json'), module: join(folder, 'modules/state/main.tf.json') }
  const { providerVersion } = settingsOf('account')
  t.match(providerVersion, /^6\.\d+\.\d+$/)
  for (const [version, root, module] of [
    [undefined, providerVersion, awsProvider.version],
    ['5.100.0', '5.100.0', '5.100.0'],
  ] as const) {
    await under(version, () => writeStack(makeStack('account'), folder))
    t.equal(await required(files.root), root)
    t.equal(await required(files.module), module)
  }
  t.equal(withTestProvider('{"resource":{}}'), '{"resource":{}}', 'what asks for no provider stays as it is')
})

t.test('a version that the modules do not accept stops the synth', async (t) => {
  for (const version of ['5.100.0', '6.25.0', '7.0.0', '~> 6.26', '6.47']) {
    for (const name of stackNames)
      t.throws(() => settingsOf(name, [`providerVersion=${version}`]), { message: /providerVersion: \S.* must be one/ })
  }
  t.ok(settingsOf('account', ['providerVersion=6.26.0']))
})

t.test('a committed lock file is of the version that its stack pins', async (t) => {
  for (const name of ['account', ...Object.keys(environments)]) {
    const lock = await readFile(join('stacks/locks', `${name}.terraform.lock.hcl`), 'utf8').catch(() => null)
    if (lock === null) t.pass(`${name} has no lock file yet: make lock`)
    else t.match(lock, new RegExp(`version\\s*= "${settingsOf(name).providerVersion.replaceAll('.', '\\.')}"`), name)
  }
})

t.test('a mirror without a provider in it is passed over', async (t) => {
  const folder = await temporaryFolder(t)
  const calls = join(folder, 'calls')
  // A Terraform that finds the provider in any mirror that it is sent to.
  const terraform = join(folder, 'terraform')
  await writeFile(
    terraform,
    `#!/bin/sh
case "$*" in
  *version*) echo '{"terraform_version":"1.11.4"}' ;;
  *-plugin-dir=*) echo "$*" >> ${calls}; printf 'provider "registry.terraform.io/hashicorp/aws" {\\n  version = "6.47.1"\\n' > "\${1#-chdir=}/.terraform.lock.hcl" ;;
  *) exit 1 ;;
esac
`,
  )
  await chmod(terraform, 0o755)
  const provider = join(folder, 'mirror/registry.terraform.io/hashicorp/aws/6.47.1/linux_amd64')
  await mkdir(provider, { recursive: true })
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, TERRAFORM_PLUGIN_DIR: join(folder, 'mirror') }
  const find = async () => {
    await writeFile(calls, '')
    const before = process.env.PATH
    process.env.PATH = env.PATH
    try {
      return { found: await findTerraform(env), calls: await readFile(calls, 'utf8') }
    } finally {
      process.env.PATH = before
    }
  }
  t.notMatch((await find()).calls, `${folder}/mirror`, 'still empty')
  await writeFile(join(provider, 'terraform-provider-aws_v6.47.1_x5'), '')
  const { found, calls: made } = await find()
  t.match(made, `${folder}/mirror`)
  t.match(found, { provider: '6.47.1' })
})

t.test(
  'make lock writes a lock file for each stack, which an init then takes as it is',
  { skip: withoutTerraform },
  async (t) => {
    const mirror = here()
      .initArguments.find((one) => one.startsWith('-plugin-dir='))
      ?.slice('-plugin-dir='.length)
    const folder = await temporaryFolder(t)
    const before = process.cwd()
    process.chdir(folder) // locks lie beside the stacks of the working folder
    t.teardown(() => process.chdir(before))
    const stack = join(folder, 'account')
    const synthesize = async () => {
      await writeStack(makeStack('account'), stack)
      return stack
    }
    const env = { ...process.env, PLATFORMS: 'linux_amd64', ...(mirror ? { TERRAFORM_PLUGIN_DIR: mirror } : {}) }
    await writeLocks(env, synthesize)
    const lock = await readFile('stacks/locks/prod.terraform.lock.hcl', 'utf8')
    t.match(lock, `version     = "${here().provider}"`)
    t.match(lock, /h1:/)

    const workspace = { name: 'account', folder: stack, terraform: here() }
    const init = async () => {
      const args = await under(undefined, () => initArguments('account', stack, here()))
      return { args, said: await captured(workspace, 'init', '-backend=false', '-no-color', ...args) }
    }
    t.ok((await init()).args.includes('-lockfile=readonly'))
    await writeFile('stacks/locks/account.terraform.lock.hcl', lock.replaceAll(/h1:./g, 'h1:0'))
    await t.rejects(init(), { message: /not the one of the lock file in stacks\/locks: run make lock/ })
    await writeFile('stacks/locks/account.terraform.lock.hcl', lock.replaceAll(`"${here().provider}"`, '"6.0.0"'))
    await t.rejects(init(), { message: /not the one of the lock file in stacks\/locks: run make lock/ })
  },
)

t.test('where no registry answers, make lock says so and writes nothing', { skip: withoutTerraform }, async (t) => {
  const folder = await temporaryFolder(t)
  const empty = join(folder, 'mirror')
  await mkdir(empty)
  const env = { ...process.env, TERRAFORM_PLUGIN_DIR: empty }
  const synthesize = async () => {
    await writeStack(makeStack('account'), join(folder, 'account'))
    return join(folder, 'account')
  }
  const before = process.cwd()
  process.chdir(folder)
  t.teardown(() => process.chdir(before))
  await t.rejects(writeLocks(env, synthesize), {
    message: /^No lock file is written: the mirror \S+ does not give hashicorp\/aws/,
  })
  await t.rejects(readFile('stacks/locks/account.terraform.lock.hcl'))
})
