import { join } from 'node:path'
import t from 'tap'
import { makeStack, stackNames } from '../../stacks/stacks.ts'
import { writeStack } from '../../stacks/write.ts'
import { temporaryFolder, validated, withoutTerraform } from './terraform.ts'

t.test('each stack with its modules is valid Terraform', { skip: withoutTerraform }, async (t) => {
  const folder = await temporaryFolder(t)
  for (const name of stackNames) {
    await writeStack(makeStack(name), join(folder, name))
    const { ok, stdout, stderr } = await validated(join(folder, name))
    t.ok(ok, `${name}: ${ok ? 'valid' : stdout + stderr}`)
    t.notMatch(stdout, /Warning:/, 'no name that the provider has deprecated')
  }
})
