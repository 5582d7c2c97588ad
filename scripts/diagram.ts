// Draws docs/infrastructure/architecture.md from the synthesized stacks: node scripts/diagram.ts
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TerraformStack } from 'cdktf'
import { modules } from '../modules/index.ts'
import { render } from '../modules/stack.ts'
import { resourcesByType } from '../ops/infra/cost.ts'
import { makeStack } from '../stacks/stacks.ts'

export const diagramFile = join(import.meta.dirname, '..', 'docs', 'infrastructure', 'architecture.md')

/** Passed to almost every module, so drawn as arrows they would hide the rest. */
const everywhere = ['encryption', 'logs']

/** The page with all diagrams. */
export function diagrams(): string {
  const prod = makeStack('prod')
  const staging = makeStack('staging')
  return `# Architecture, drawn from the synthesized modules

Written by \`node scripts/diagram.ts\`; \`test/infra/diagram.test.ts\` fails where it no longer fits the code.

## Who reaches whom

With domains of its own (\`prod\`): the arrows are the rules of the security groups and the origins of CloudFront.

${fenced(traffic(prod))}

Without (\`staging\`): CloudFront forwards \`/api/*\`, and the load balancer accepts nothing else.

${fenced(traffic(staging))}

## Modules of an environment

An arrow runs from the module that makes a value to the one that takes it. Left out, as nearly all take from them: ${everywhere.map((name) => `\`${name}\``).join(' (the key), ')} (the bucket of access logs).

${fenced(calls(prod))}

## Modules of the account

${fenced(calls(makeStack('account'), []))}
`
}

const fenced = (lines: readonly string[]) => ['```mermaid', 'flowchart LR', ...lines, '```'].join('\n')

/** Security groups by their rules, and CloudFront by its origins. */
function traffic(stack: TerraformStack): string[] {
  const of = resourcesByType(stack)
  const groupOf = (reference: unknown) => /aws_security_group\.(\w+)[.[]/.exec(String(reference))?.[1]
  const arrows = of('aws_vpc_security_group_ingress_rule').map((rule) => {
    const from =
      groupOf(rule.referenced_security_group_id) ?? (rule.prefix_list_id === undefined ? 'internet' : 'cloudfront')
    return `  ${from} -->|${rule.to_port}| ${groupOf(rule.security_group_id)}`
  })
  const outside = of('aws_vpc_security_group_egress_rule')
    .filter(({ cidr_ipv4: cidr }) => cidr !== undefined)
    .map((rule) => `  ${groupOf(rule.security_group_id)} -->|${rule.to_port}| nat`)
  const origins = of('aws_cloudfront_distribution').flatMap(({ origin }) =>
    (origin as readonly { domain_name: string }[])
      .filter(({ domain_name: name }) => name.includes('aws_s3_bucket'))
      .map(() => '  cloudfront -->|signed| page_bucket'),
  )
  const nat = of('aws_nat_gateway').length
  return [
    '  internet([Browsers and cameras])',
    '  cloudfront[CloudFront]',
    '  page_bucket[(S3: page)]',
    '  images_bucket[(S3: photos)]',
    `  nat[NAT gateway x ${nat}]`,
    '  azure([Azure OpenAI])',
    '  subgraph public [public subnets]',
    '    load_balancer[Load balancer]',
    '    nat',
    '  end',
    '  subgraph private [private subnets]',
    '    task[API tasks]',
    ...(arrows.some((arrow) => arrow.endsWith(' endpoints')) ? ['    endpoints[Interface endpoints]'] : []),
    '  end',
    '  subgraph data [data subnets, no way out]',
    '    database[(PostgreSQL)]',
    '    cache[(Redis)]',
    '  end',
    '  internet -->|443| cloudfront',
    ...origins,
    ...arrows,
    ...outside,
    '  nat -->|443| azure',
    '  task -->|gateway endpoint| images_bucket',
  ]
}

/** The module blocks of a stack and what they pass to one another. */
function calls(stack: TerraformStack, leftOut: readonly string[] = everywhere): string[] {
  const blocks = Object.entries(render(stack).module ?? {}).filter(([name]) => !leftOut.includes(name))
  const nodes = blocks.map(([name, { source }]) => {
    const folder = String(source).replace('./modules/', '')
    // A second call with other options has a folder of its own, such as api_address.
    const module = modules.find(({ moduleName }) => folder === moduleName || folder.endsWith(`_${moduleName}`))
    const purpose = module?.definition.description ?? folder
    return `  ${name}["<b>${name}</b><br>${wrapped(purpose)}"]`
  })
  const arrows = blocks.flatMap(([to, block]) => {
    const sources = [...JSON.stringify(block).matchAll(/module\.(\w+)\./g)].map(([, from = '']) => from)
    return [...new Set(sources)].filter((from) => !leftOut.includes(from)).map((from) => `  ${from} --> ${to}`)
  })
  return [...nodes, ...arrows]
}

/** Lines of about 30 letters, as Mermaid does not break them. */
function wrapped(text: string): string {
  const lines = ['']
  for (const word of text.replaceAll('"', "'").split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line.length + word.length > 30) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`.trim()
  }
  return lines.join('<br>')
}

if (import.meta.main) {
  await writeFile(diagramFile, diagrams())
  console.log(`Written: ${diagramFile}`)
}
