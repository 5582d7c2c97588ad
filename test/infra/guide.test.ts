import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { modules } from '../../modules/index.ts'
import { resourcesOf } from '../../stacks/addresses.ts'
import { makeStack, settingsOf } from '../../stacks/stacks.ts'

const repository = join(import.meta.dirname, '..', '..')
const guide = join(repository, '..', 'shared', 'guide.txt')
const table = await readFile(join(repository, 'docs', 'infrastructure', 'guide.md'), 'utf8')
const addresses = ['prod', 'account'].flatMap((name) => resourcesOf(makeStack(name)).map(({ address }) => address))
const names = (pattern: RegExp) => [...new Set([...table.matchAll(pattern)].map(([, name = '']) => name))]

t.test('each resource that the table names is in prod or the account', async (t) => {
  const named = names(/`((?:module\.\w+\.)?aws_\w+\.\w+)`/g)
  t.ok(named.length > 70, `${named.length} resources`)
  const missing = named.filter((name) => !addresses.some((address) => address === name || address.endsWith(`.${name}`)))
  t.strictSame(missing, [])
})

t.test('each module that the table names exists', async (t) => {
  const existing = modules.map(({ moduleName }) => moduleName)
  const named = names(/(?:modules? |, (?=`[a-z]+` \())`([a-z]+)`/g)
  t.ok(named.length > 10)
  t.strictSame(
    named.filter((name) => !existing.includes(name)),
    [],
  )
})

t.test('each setting that the table names exists', async (t) => {
  const settings = settingsOf('prod')
  const groups = Object.entries(settings).flatMap(([group, value]) =>
    typeof value === 'object' && value !== null ? [group] : [],
  )
  const named = names(/`((?:network|database|cache|images|secrets|service|monitoring|firewall)\.[a-z]\w+)/g)
  t.ok(groups.length > 5 && named.length > 15)
  const missing = named.filter((name) => {
    const [group = '', key = ''] = name.split('.')
    return !Object.hasOwn(Reflect.get(settings, group) ?? {}, key)
  })
  t.strictSame(missing, [])
})

t.test(
  'no line of the guide is left out',
  { skip: !existsSync(guide) && 'shared/guide.txt is not here' },
  async (t) => {
    const covered = new Set(
      [...table.matchAll(/^\| ([\d, -]+) \|/gm)].flatMap(([, ranges = '']) => ranges.split(', ').flatMap(linesOf)),
    )
    const lines = (await readFile(guide, 'utf8')).split('\n')
    const left = lines.flatMap((line, index) =>
      says(line) && !covered.has(index + 1) ? [`${index + 1}: ${line}`] : [],
    )
    t.strictSame(left, [])
  },
)

function linesOf(range: string): number[] {
  const [from = 0, to = from] = range.split('-').map(Number)
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** Headings, fences, rules, closing brackets and comments name nothing. */
const says = (line: string) => /[a-z0-9]/i.test(line) && !/^\s*(#|```|---|\/\/|EOF$|\|?---|\*\*[^*]+:\*\*$)/.test(line)
