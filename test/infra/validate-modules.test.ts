import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { encryption } from '../../modules/encryption/encryption.ts'
import { images } from '../../modules/images/images.ts'
import { modules } from '../../modules/index.ts'
import { network } from '../../modules/network/network.ts'
import { awsProvider, type TerraformJson } from '../../modules/stack.ts'
import { terraform } from '../../scripts/infra/terraform.ts'
import { withTestProvider } from '../../stacks/test-provider.ts'
import { writeModule } from '../../stacks/write.ts'
import { here, initialized, shareInit, temporaryFolder, validated, withoutTerraform } from './terraform.ts'

const plainHcl = `
provider "aws" {
  region = "eu-central-1"
}

module "encryption" {
  source = "./modules/encryption"
  name   = "lab"
}

module "network" {
  source      = "./modules/network"
  name        = "lab"
  kms_key_arn = module.encryption.key_arn
}

module "images" {
  source      = "./modules/images"
  bucket_name = "lab-images"
}

output "subnets" {
  value = module.network.private_subnet_ids
}
`

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

t.test('plain HCL can use the modules by their source', { skip: withoutTerraform }, async (t) => {
  const folder = await temporaryFolder(t)
  for (const module of [encryption, network, images]) {
    await writeModule(module.build(), join(folder, 'modules', module.moduleName))
  }
  await writeFile(join(folder, 'main.tf'), plainHcl)
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
