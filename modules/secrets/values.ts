import { Fn, type TerraformStack } from 'cdktf'

/**
 * A random text that exists only while Terraform applies: it is in no state and no plan, and may only be given to write-only arguments.
 * CDKTF knows no ephemeral resources, so this is the one place that writes the block by hand.
 * @returns a reference to the text, letters and digits only, so that it fits into headers and URLs
 */
export function randomPassword(stack: TerraformStack, id: string, length: number): string {
  stack.addOverride(`ephemeral.aws_secretsmanager_random_password.${id}`, {
    password_length: length,
    exclude_punctuation: true,
  })
  return `\${ephemeral.aws_secretsmanager_random_password.${id}.random_password}`
}

/** A number that changes with a text: 28 bits of its hash. */
export function fingerprint(text: string): number {
  return Fn.parseint(Fn.substr(Fn.sha256(text), 0, 7), 16)
}
