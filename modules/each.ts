import { ref, TerraformDataSource, type TerraformResource, Token } from 'cdktf'

type Made = TerraformResource | TerraformDataSource

/** The address of a resource inside its module, such as `aws_subnet.public`. */
const addressOf = (made: Made) =>
  `${TerraformDataSource.isTerraformDataSource(made) ? 'data.' : ''}${made.terraformResourceType}.${made.friendlyUniqueId}`

/** One resource for each text of a list; `expression` is Terraform's, and `each.key` in an argument is the text. */
export function forEach<R extends Made>(made: R, expression: string): R {
  made.addOverride('for_each', `\${toset(${expression})}`)
  return made
}

/** The resource only where a condition in Terraform's language holds. */
export function onlyIf<R extends Made>(made: R, condition: string): R {
  made.addOverride('count', `\${${condition} ? 1 : 0}`)
  return made
}

/** An attribute of one of the resources that `forEach` made: by default of the one with the same key. */
export const oneOf = (made: Made, attribute: string, key = 'each.key'): string =>
  Token.asString(ref(`${addressOf(made)}[${key}].${attribute}`))

/** An attribute of all resources that `forEach` made, in the order of their keys. */
export const allOf = (made: Made, attribute: string): string[] =>
  Token.asList(ref(`values(${addressOf(made)})[*].${attribute}`))

/** An attribute of a resource that `onlyIf` may have made; null where it has not. */
export const ifMade = (made: Made, attribute: string): string =>
  Token.asString(ref(`one(${addressOf(made)}[*].${attribute})`))

/** An attribute of a resource that `onlyIf` may have made, in a list; empty where it has not. */
export const allMade = (made: Made, attribute: string): string[] =>
  Token.asList(ref(`${addressOf(made)}[*].${attribute}`))
