import { execFile } from 'node:child_process'
import { access, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { render } from '../../modules/stack.ts'
import { resourcesOf } from '../../stacks/addresses.ts'
import { account } from '../../stacks/environments.ts'
import { makeStack, stackNames } from '../../stacks/stacks.ts'
import { startSimulatedAccount } from '../rehearsal/simulated-account.ts'
import { here, temporaryFolder, withoutTerraform } from './terraform.ts'

const run = promisify(execFile)
const infra = join(import.meta.dirname, '..', '..', 'ops', 'infra.ts')

t.test("a state is encrypted as its bucket does by default: with the account's key", async (t) => {
  for (const name of stackNames) {
    const { terraform } = render(makeStack(name))
    t.strictSame(terraform?.backend, {
      s3: { bucket: account.stateBucket, key: `${name}.tfstate`, region: 'us-east-1', use_lockfile: true },
    })
  }
  const bucket = resourcesOf(makeStack('account')).find(({ address }) =>
    address.startsWith('module.state.aws_s3_bucket_server_side_encryption_configuration.'),
  )
  t.match(JSON.stringify(bucket?.arguments), /"kms_master_key_id":"..var\.kms_key_arn/)
})

t.test(
  'make state moves a local state into the bucket, and only one that belongs there',
  { skip: withoutTerraform },
  async (t) => {
    const folder = await temporaryFolder(t)
    const simulated = await startSimulatedAccount()
    t.teardown(() => simulated.stop())
    const env = { ...here().env, ...simulated.env, ENV: 'account', SET: '' }
    const file = join(folder, 'terraform-state', 'account.tfstate')
    const write = async (lineage: string) => {
      const data = {
        mode: 'managed',
        type: 'terraform_data',
        name: 'one',
        provider: 'provider["terraform.io/builtin/terraform"]',
      }
      const resources = [{ ...data, instances: [{ schema_version: 0, attributes: { id: '1' } }] }]
      await mkdir(join(folder, 'terraform-state'), { recursive: true })
      await writeFile(
        file,
        JSON.stringify({ version: 4, terraform_version: '1.11.4', serial: 3, lineage, outputs: {}, resources }),
      )
    }
    const move = () => run(process.execPath, [infra, 'state'], { cwd: folder, env })
    await write('11111111-1111-1111-1111-111111111111')

    const early = (await move().catch((error: unknown) => error)) as { stderr: string }
    t.match(early.stderr, /^The state bucket does not exist/, 'before the account is applied')
    await t.resolves(access(file))

    await simulated.ask('make_state_bucket.py')
    t.match((await move()).stdout, `s3://${account.stateBucket}/account.tfstate`)
    await t.rejects(access(file), 'nothing stays here')

    await write('22222222-2222-2222-2222-222222222222')
    const foreign = (await move().catch((error: unknown) => error)) as { stderr: string }
    t.match(foreign.stderr, /lineage/, 'another state is not overwritten')
    await t.resolves(access(file))
  },
)
