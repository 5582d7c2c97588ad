import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { modules } from '../../modules/index.ts'
import { readme } from '../../modules/readme.ts'
import type { TerraformJson } from '../../modules/stack.ts'

for (const module of modules) {
  t.test(`${module.moduleName}: described, and with nothing that belongs to a root`, async (t) => {
    const json = JSON.parse(String(module.build().files.get('main.tf.json'))) as TerraformJson
    t.notOk(json.provider, 'no provider block')
    t.strictSame(Object.keys(json.terraform ?? {}).sort(), ['required_providers', 'required_version'], 'no backend')
    t.equal(json.terraform?.required_providers?.aws?.version, '>= 6.26.0, < 7.0.0')
    for (const [name, variable] of Object.entries(json.variable ?? {})) {
      t.ok(variable.type && variable.description, `variable ${name} has a type and a description`)
    }
    for (const [name, output] of Object.entries(json.output ?? {}))
      t.ok(output.description, `output ${name} is described`)
  })

  t.test(`${module.moduleName}: its README says what it is`, async (t) => {
    const folder = join(import.meta.dirname, '..', '..', 'modules', module.moduleName)
    t.equal(await readFile(join(folder, 'README.md'), 'utf8'), readme(module), 'in step (else run: make modules)')
  })
}
