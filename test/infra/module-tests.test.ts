import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { modules } from '../../modules/index.ts'
import { awsProvider } from '../../modules/stack.ts'
import { terraform } from '../../ops/infra/terraform.ts'
import { writeTestedModule } from '../../stacks/write.ts'
import { withAccount } from './stand-in.ts'
import { initialized, shareInit, temporaryFolder, withoutTerraform } from './terraform.ts'

const sources = join(import.meta.dirname, '..', '..', 'modules')

for (const { moduleName } of modules) {
  t.test(`${moduleName}: has a test of its promises`, async (t) => {
    const folder = join(sources, moduleName, 'tests')
    const files = existsSync(folder) ? await readdir(folder) : []
    t.ok(
      files.some((file) => file.endsWith('.tftest.hcl')),
      `${folder}/*.tftest.hcl`,
    )
  })
}

t.test(
  'terraform test of each module passes against a mocked provider',
  { skip: withoutTerraform, timeout: 560_000 },
  async (t) => {
    const folder = await temporaryFolder(t)
    const provider = await initialized(join(folder, 'provider'), { aws: awsProvider })
    const found = await withAccount(t)
    const waiting = [...modules]
    const testAll = async () => {
      for (let module = waiting.shift(); module; module = waiting.shift()) {
        const alone = join(folder, module.moduleName)
        await writeTestedModule(module.build(), alone)
        await shareInit(provider, alone)
        const { ok, stdout, stderr } = await terraform(found, alone, 'test', '-no-color')
        t.ok(ok && / [1-9]\d* passed/.test(stdout), `${module.moduleName}: ${ok ? 'passed' : stdout + stderr}`)
      }
    }
    await Promise.all([testAll(), testAll()])
  },
)
