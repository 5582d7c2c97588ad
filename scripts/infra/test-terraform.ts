import { findTerraform, type Terraform } from './terraform.ts'

/**
 * Terraform for tests and rehearsals: with the newest AWS provider within reach that the modules accept, else with the newest at all.
 * From then on TEST_AWS_PROVIDER names that version, for what this process writes and for the commands that it starts.
 */
export async function findTestTerraform(): Promise<Terraform | { missing: string }> {
  const accepted = await findTerraform()
  const found =
    'missing' in accepted && !process.env.TEST_AWS_PROVIDER ? await findTerraform(process.env, '>= 5.100.0') : accepted
  if (!('missing' in found)) process.env.TEST_AWS_PROVIDER = found.provider
  return found
}
