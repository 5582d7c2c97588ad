import { TerraformElement, TerraformStack } from 'cdktf'
import type { Node } from 'constructs'

/**
 * The provider that every module asks for; a root stack pins one version of it. Older ones cannot keep promises: before 6.26 a role
 * that may not read secrets cannot refresh them, and 5.x takes a deployment that ECS rolled back for a success.
 */
export const awsProvider = { source: 'hashicorp/aws', version: '>= 6.26.0, < 7.0.0' } as const

/**
 * A stack whose Terraform names are the construct path joined by underscores, without CDKTF's hashes:
 * `new Vpc(scope, 'main')` is `aws_vpc.main`, `new Thing(bucket, 'policy')` below bucket `images` is `images_policy`.
 */
export class NamedStack extends TerraformStack {
  /** The version of the AWS provider that the stack asks for. */
  readonly awsVersion: string = awsProvider.version

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = element instanceof TerraformElement ? element.node : element
    const path = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id)
    return path.join('_').replaceAll('-', '_')
  }
}

/**
 * Terraform's JSON of a stack: no CDKTF metadata, and the provider that the stack asks for instead of the version that the bindings write.
 * @throws Error when two elements would share one Terraform address (Terraform JSON would silently keep one of them).
 */
export function render(stack: TerraformStack): TerraformJson {
  const taken = new Map<string, string>()
  for (const element of stack.node.findAll()) {
    if (!TerraformElement.isTerraformElement(element)) continue
    for (const address of addresses(element.toTerraform())) {
      const other = taken.get(address)
      if (other !== undefined) throw new Error(`${element.node.path} and ${other} both become ${address}: rename one`)
      taken.set(address, element.node.path)
    }
  }
  const json = withoutMetadata(stack.toTerraform()) as TerraformJson
  const version = stack instanceof NamedStack ? stack.awsVersion : awsProvider.version
  const { required_providers: providers, ...terraform } = json.terraform ?? {}
  return {
    ...json,
    terraform: {
      ...terraform,
      required_providers: { ...providers, aws: { ...providers?.aws, ...awsProvider, version } },
    },
  }
}

/** The parts of Terraform's JSON syntax that this code reads. */
export interface TerraformJson {
  terraform?: { required_providers?: Record<string, Record<string, unknown>>; [key: string]: unknown }
  resource?: Record<string, Record<string, Record<string, unknown>>>
  data?: Record<string, Record<string, Record<string, unknown>>>
  ephemeral?: Record<string, Record<string, Record<string, unknown>>>
  module?: Record<string, Record<string, unknown>>
  variable?: Record<string, Record<string, unknown>>
  output?: Record<string, Record<string, unknown>>
  [key: string]: unknown
}

function addresses(fragment: TerraformJson): string[] {
  const typed = (['resource', 'data'] as const).flatMap((kind) =>
    Object.entries(fragment[kind] ?? {}).flatMap(([type, named]) =>
      Object.keys(named).map((name) => (kind === 'data' ? `data.${type}.${name}` : `${type}.${name}`)),
    ),
  )
  const named = (['module', 'variable', 'output'] as const).flatMap((kind) =>
    Object.keys(fragment[kind] ?? {}).map((name) => `${kind}.${name}`),
  )
  return [...typed, ...named]
}

/** CDKTF notes construct paths under "//": noise for a reader, and a diff at each rename. Only the reasons of waivers stay. */
function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (key !== '//') return [[key, withoutMetadata(inner)]]
      return inner.waived ? [[key, { waived: inner.waived }]] : []
    }),
  )
}
