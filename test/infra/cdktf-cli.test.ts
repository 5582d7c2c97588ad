import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { stackNames } from '../../stacks/stacks.ts'
import { startSimulatedAccount } from '../rehearsal/simulated-account.ts'
import { cdktf, installCdktfCli } from '../support/cdktf-cli.ts'
import { hashes } from './folders.ts'
import { here, temporaryFolder, withoutTerraform } from './terraform.ts'

const run = promisify(execFile)
const repository = join(import.meta.dirname, '..', '..')
const missing = await installCdktfCli()
t.equal(missing, null, 'cdktf-cli is here')

/** What `make synth` writes, in a folder of its own. */
async function made(folder: string): Promise<string> {
  await run(process.execPath, [join(repository, 'ops/infra.ts'), 'synth'], {
    cwd: folder,
    env: { ...process.env, ENV: '', SET: '' },
  })
  return join(folder, 'cdktf.out')
}

t.test('cdktf synth and cdktf list give what make synth gives', async (t) => {
  const folder = await temporaryFolder(t)
  const out = join(folder, 'by-cdktf')
  const said = await cdktf(repository, ['synth', '--output', out])
  t.match(said, `Generated Terraform code for the stacks: ${stackNames.join(', ')}`)
  const written = await hashes(out)
  t.ok(written.has('manifest.json'))
  t.strictSame([...written], [...(await hashes(await made(folder)))])

  const listed = await cdktf(repository, ['list', '--output', out])
  for (const name of stackNames) t.match(listed, new RegExp(`^${name} +.*stacks/${name}$`, 'm'))
})

t.test('cdktf diff prod plans the whole environment', { skip: withoutTerraform }, async (t) => {
  const folder = await temporaryFolder(t)
  const account = await startSimulatedAccount()
  t.teardown(() => account.stop())
  await account.ask('make_state_bucket.py')
  const said = await cdktf(
    repository,
    ['diff', 'prod', '--skip-provider-lock', '--var', 'image_tag=abcdef012345', '--output', join(folder, 'out')],
    { ...here().env, ...account.env, ...(await mirror(folder)) },
  )
  const [, count] = /Plan: (\d+) to add, 0 to change, 0 to destroy/.exec(said) ?? []
  t.ok(Number(count) > 200, `${count} resources`)
})

/** The CLI calls `terraform init` by itself, so a local mirror of the provider is named in Terraform's configuration. */
async function mirror(folder: string): Promise<NodeJS.ProcessEnv> {
  const [argument] = here().initArguments
  if (argument === undefined) return {}
  const file = join(folder, 'terraform.rc')
  const path = JSON.stringify(argument.replace('-plugin-dir=', ''))
  await writeFile(file, `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`)
  return { TF_CLI_CONFIG_FILE: file }
}
