import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { modules } from '../../modules/index.ts'
import { readme } from '../../modules/readme.ts'
import { awsProvider, type TerraformJson } from '../../modules/stack.ts'
import { terraform } from '../../ops/infra/terraform.ts'
import { withTestProvider } from '../../stacks/test-provider.ts'
import { writeExample, writeModule } from '../../stacks/write.ts'
import { withAccount } from './stand-in.ts'
import { here, initialized, shareInit, temporaryFolder, validated, withoutTerraform } from './terraform.ts'

t.test('each module alone is valid Terraform', { skip: withoutTerraform }, async (t) => {
  const folder = await temporaryFolder(t)
  const provider = await initialized(join(folder, 'provider'), { aws: awsProvider })
  for (const module of modules) {
    const alone = join(folder, module.moduleName)
    await writeModule(module.build(), alone)
    await shareInit(provider, alone)
    const aliases = module.definition.providerAliases ?? []
    if (aliases.length > 0) await configureAliases(alone, aliases)
    const { ok, stdout, stderr } = await terraform(here(), alone, 'validate', '-no-color')
    t.ok(ok, `${module.moduleName}: ${ok ? 'valid' : stdout + stderr}`)
    t.notMatch(stdout, /Warning:/, `${module.moduleName}: no name that the provider has deprecated`)
  }
})

t.test(
  'plain HCL builds three zones with a single NAT gateway from the modules',
  { skip: withoutTerraform },
  async (t) => {
    const folder = await temporaryFolder(t)
    for (const module of modules) await writeModule(module.build(), join(folder, module.moduleName))
    const example = await writeExample(folder)
    const { ok, stdout, stderr } = await validated(example)
    t.ok(ok, stdout + stderr)
    const planned = await terraform(
      await withAccount(t),
      example,
      'plan',
      '-no-color',
      '-var=certificate_arn=arn:aws:acm:eu-central-1:123456789012:certificate/1',
      '-var=azure_endpoint=https://example.openai.azure.com',
      '-var=image_tag=abc1234',
    )
    t.ok(planned.ok, planned.stdout + planned.stderr)
    const instances = (address: string) =>
      [...planned.stdout.matchAll(/# (\S+\["\w"\]) will be created/g)]
        .map(([, made = '']) => made)
        .filter((made) => made.startsWith(address))
    t.equal(instances('module.network.aws_subnet.').length, 9, 'three tiers in three zones')
    t.same(instances('module.network.aws_nat_gateway.'), ['module.network.aws_nat_gateway.nat["a"]'])
    t.match(planned.stdout, '# module.service.aws_ecs_service.api will be created')
  },
)

t.test("the example in each module's README is valid", { skip: withoutTerraform }, async (t) => {
  const folder = await temporaryFolder(t)
  const blocks: string[] = []
  for (const module of modules) {
    await writeModule(module.build(), join(folder, 'cdktf.out', 'modules', module.moduleName))
    const [, hcl = ''] = /```hcl\n([\s\S]*?)```/.exec(readme(module)) ?? []
    t.match(hcl, `module "${module.moduleName}"`)
    blocks.push(...hcl.split(/\n(?=module|provider)/))
  }
  await writeFile(join(folder, 'main.tf'), [...new Set(blocks.map((block) => block.trim()))].join('\n\n'))
  const { ok, stdout, stderr } = await validated(folder)
  t.ok(ok, stdout + stderr)
})

/** A module that asks its caller for a provider is only valid below a root that has one: here the provider is its own. */
async function configureAliases(folder: string, aliases: readonly string[]): Promise<void> {
  const file = join(folder, 'main.tf.json')
  const json = JSON.parse(await readFile(file, 'utf8')) as TerraformJson
  const provider = { aws: aliases.map((alias) => ({ alias, region: 'us-east-1' })) }
  const terraform = { ...json.terraform, required_providers: { aws: awsProvider } }
  await writeFile(file, withTestProvider(JSON.stringify({ ...json, terraform, provider })))
}
