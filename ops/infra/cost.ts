import type { TerraformStack } from 'cdktf'
import { foldersOf } from '../../modules/define.ts'
import { render, type TerraformJson } from '../../modules/stack.ts'
import { resourcesIn, type StackResource } from '../../stacks/addresses.ts'
import { makeStack } from '../../stacks/stacks.ts'
import { Failure } from '../lib/failures.ts'
import { beyondGuide, type CostItem, costItems } from './cost-items.ts'
import { instances } from './instances.ts'
import { savings, unverified } from './prices.ts'
import { replacedSettings, stackName } from './workspace.ts'

/** The guide's table of monthly costs, in dollars. */
const guideTable: Readonly<Record<string, readonly [from: number, to: number]>> = {
  'ECS Fargate': [100, 200],
  'RDS PostgreSQL': [80, 120],
  'ElastiCache Redis': [30, 50],
  S3: [10, 30],
  CloudFront: [10, 20],
  'Application Load Balancer': [20, 25],
  'Route 53': [0.5, 0.5],
  CloudWatch: [20, 40],
  'Secrets Manager': [2, 2],
  'Data Transfer': [20, 40],
}

/** Prints what a stack costs in a month by list price, beside the guide's table. */
export async function cost(env: NodeJS.ProcessEnv): Promise<void> {
  const name = stackName(env)
  try {
    console.log(estimate(name, costItems(resourcesByType(makeStack(name, replacedSettings(env))))))
  } catch (error) {
    throw error instanceof RangeError ? new Failure(error.message) : error
  }
}

/**
 * A stack's resources by type; where an argument is a variable of the module, it is the value that the stack passes.
 * A resource with `count` or `for_each` stands as often as the stack has it.
 */
export function resourcesByType(stack: TerraformStack): (type: string) => StackResource['arguments'][] {
  const root = render(stack)
  const folders = foldersOf(stack)
  const resources = Object.entries(root.module ?? {}).flatMap(([name, call]) => {
    const code = folders.get(String(call.source).replace('./modules/', ''))?.files.get('main.tf.json')
    if (typeof code !== 'string') throw new Error(`module.${name} has no folder`)
    const json = JSON.parse(code) as TerraformJson
    const variables = Object.entries(json.variable ?? {}).map(([key, { default: fallback }]) => [
      key,
      call[key] ?? fallback,
    ])
    const given = Object.fromEntries(variables)
    const found = resourcesIn(withVariables(json, given) as TerraformJson, `module.${name}.`)
    return found.flatMap((resource) => Array<StackResource>(instances(resource.arguments, given)).fill(resource))
  })
  return (type) => resources.filter((resource) => resource.type === type).map(({ arguments: values }) => values)
}

function withVariables(value: unknown, variables: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) return value.map((inner) => withVariables(inner, variables))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withVariables(inner, variables)]))
  }
  const name = typeof value === 'string' ? /^\$\{var\.(\w+)\}$/.exec(value)?.[1] : undefined
  return name === undefined ? value : variables[name]
}

/** Dollars of a month: least and busy. */
export const dollarsOf = ({ least, busy, price }: CostItem) => [least * price.dollars, busy * price.dollars] as const

/** The printed estimate. */
export function estimate(name: string, items: readonly CostItem[]): string {
  const total = sumOf(items)
  const added = sumOf(items.filter(({ row }) => row === beyondGuide))
  const isEnvironment = items.some(({ row }) => row in guideTable)
  const rows = [...Object.keys(guideTable), beyondGuide].flatMap((row) => {
    const own = items.filter((item) => item.row === row)
    if (own.length === 0) return []
    const guide = guideTable[row]
    const head = `${row.padEnd(46)}${range(sumOf(own)).padStart(22)}${(guide ? range(guide) : '-').padStart(18)}`
    return [head, ...own.map(line)]
  })
  return [
    `${name}: dollars a month by list price (us-east-1, no free tier, no tax), least to busy.`,
    `${' '.repeat(46)}${'estimate'.padStart(22)}${'guide'.padStart(18)}`,
    ...rows,
    '',
    `${'Total'.padEnd(46)}${range(total).padStart(22)}${(isEnvironment ? '292 to 527' : '-').padStart(18)}`,
    `${"  of which beyond the guide's table".padEnd(46)}${range(added).padStart(22)}`,
    '',
    ...savingLines(items),
    '* The price is unverified. Sources, dates and the assumed traffic: ops/infra/prices.ts.',
  ].join('\n')
}

function line(item: CostItem): string {
  const { least, busy, price } = item
  const quantity = least === busy ? count(least) : `${count(least)} to ${count(busy)}`
  const mark = price.source === unverified ? '*' : ' '
  const product = `${quantity} ${price.unit} x ${Number(price.dollars.toPrecision(4))}${mark}`
  return `  ${item.item.padEnd(44)}${range(dollarsOf(item)).padStart(22)}   ${product}`
}

/** What the guide's tips save here. */
function savingLines(items: readonly CostItem[]): string[] {
  const tasks = items.filter(({ row, item }) => row === 'ECS Fargate' && !item.endsWith('Spot'))
  const [least, busy] = sumOf(tasks)
  const reserved = items.filter(
    ({ row, item }) => row === 'ElastiCache Redis' || (row === 'RDS PostgreSQL' && item.startsWith('db.')),
  )
  const [nodes] = sumOf(reserved)
  const { spot, reservedOneYear, reservedThreeYears } = savings
  if (tasks.length === 0 && reserved.length === 0) return []
  return [
    'Savings:',
    `  Fargate Spot for the tasks over the minimum (service.spotPercent=100): up to ${dollars((busy - least) * spot.share)}`,
    `  Reserved database and cache: ${dollars(nodes * reservedOneYear.share)} (one year, 30 %) to ${dollars(nodes * reservedThreeYears.share)} (50 %)`,
    `  With both, a busy month: ${dollars(sumOf(items)[1] - (busy - least) * spot.share - nodes * reservedThreeYears.share)}`,
    '',
  ]
}

function sumOf(items: readonly CostItem[]): readonly [least: number, busy: number] {
  const all = items.map(dollarsOf)
  return [all.reduce((sum, [least]) => sum + least, 0), all.reduce((sum, [, busy]) => sum + busy, 0)]
}

const dollars = (amount: number) => amount.toFixed(2)
const count = (quantity: number) => String(Number(quantity.toFixed(1)))

function range([from, to]: readonly [number, number]): string {
  return dollars(from) === dollars(to) ? dollars(from) : `${dollars(from)} to ${dollars(to)}`
}
