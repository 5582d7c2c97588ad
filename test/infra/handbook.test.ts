import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { resourcesOf } from '../../stacks/addresses.ts'
import { account, environments } from '../../stacks/environments.ts'
import { makeStack, stackNames } from '../../stacks/stacks.ts'

const repository = join(import.meta.dirname, '..', '..')
const handbook = await readFile(join(repository, 'docs', 'infrastructure', 'README.md'), 'utf8')

/** Settings by their path, such as service.maxTasks. Maps that people fill are one setting. */
function paths(settings: object, before = ''): [path: string, value: string][] {
  return Object.entries(settings).flatMap(([key, value]) => {
    const path = before + key
    const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isGroup && !['service.variables', 'service.secrets', 'backend', 'names'].includes(path)
      ? paths(value, `${path}.`)
      : [[path, JSON.stringify(value)] as [string, string]]
  })
}

t.test('the tables have each setting with the value that it has', async (t) => {
  const { prod = {}, staging = {} } = environments
  const stagingValues = new Map(paths(staging))
  for (const [path, value] of paths(prod)) {
    const other = stagingValues.get(path) ?? 'domains: `null`'
    const row = handbook.split('\n').find((line) => line.startsWith(`| \`${path}\` | \`${value}\` | `))
    t.ok(row?.includes(other), `${path}: ${value}, ${other}`)
  }
  for (const [path, value] of paths(account)) t.ok(handbook.includes(`| \`${path}\` | \`${value}\` | `), path)
})

t.test('it counts the resources of each stack', async (t) => {
  for (const name of stackNames) {
    t.match(handbook, new RegExp(`^\\| \`${name}\` \\| .* \\| ${resourcesOf(makeStack(name)).length} \\|$`, 'm'), name)
  }
})

t.test('each make command that it names exists', async (t) => {
  const makefile = await readFile(join(repository, 'Makefile'), 'utf8')
  const named = new Set([...handbook.matchAll(/(?:`| {4}|&& |or |\| )make ([a-z-]+)/g)].map(([, name = '']) => name))
  t.ok(named.size > 10, [...named].join(', '))
  for (const name of named) t.ok(makefile.includes(`\n${name}:`), `make ${name}`)
})
