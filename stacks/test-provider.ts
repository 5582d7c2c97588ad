import type { TerraformJson } from '../modules/stack.ts'

/**
 * For tests only: TEST_AWS_PROVIDER names one version of the AWS provider, which then stands in every written file in the place of what
 * modules and stacks ask for. So the tests and the rehearsal run where only another version is in reach, such as 5.100.0.
 */
export const testProvider = (): string | undefined => process.env.TEST_AWS_PROVIDER || undefined

/** A file of Terraform's JSON as it is written: with the version of the tests where one is named. */
export function withTestProvider(text: string): string {
  const version = testProvider()
  if (version === undefined) return text
  const json = JSON.parse(text) as TerraformJson
  const aws = json.terraform?.required_providers?.aws
  if (!aws) return text
  aws.version = version
  return `${JSON.stringify(json, null, 2)}\n`
}
