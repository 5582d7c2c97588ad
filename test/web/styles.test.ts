/** web/src/app/mantine.css imports the style sheets of the components that the page uses, and no others: they hold up the first picture. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import t from 'tap'

const ROOT = resolve(import.meta.dirname, '../..')
const STYLES = join(ROOT, 'node_modules/@mantine/core/styles')

/** What the page's files import from the library. */
function imported(): string[] {
  const names = globSync('web/src/**/*.{ts,tsx}', { cwd: ROOT }).flatMap((file) => {
    const source = readFileSync(join(ROOT, file), 'utf8')
    return [...source.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap(([, list = '']) => list.split(','))
  })
  return [...new Set(names.map((name) => name.trim()).filter((name) => name && !name.startsWith('type ')))]
}

t.test('the style sheets of the components in use, in the order of the library', async (t) => {
  const names = imported()
  const { metafile } = await build({
    stdin: {
      contents: `import { ${names} } from '@mantine/core'; console.log(${names})`,
      resolveDir: join(ROOT, 'web'),
    },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
  })
  // Components that the ones in use are made of stand in the bundle as well.
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  )
  const parts = files.flatMap((file) => /@mantine\/core\/(.+)\.mjs$/.exec(file)?.[1]?.split('/') ?? [])
  const needed = new Set(parts.filter((part) => existsSync(join(STYLES, `${part}.css`))))
  const sheet = readFileSync(join(ROOT, 'web/src/app/mantine.css'), 'utf8')
  const listed = [...sheet.matchAll(/styles\/([A-Z]\w+)\.css/g)].map(([, name = '']) => name)
  // A sheet's first rule tells where it stands in the sheet of all.
  const all = readFileSync(join(ROOT, 'node_modules/@mantine/core/styles.css'), 'utf8')
  const placeOf = (name: string) => all.indexOf(readFileSync(join(STYLES, `${name}.css`), 'utf8').slice(0, 60))
  t.same(
    listed,
    [...needed].toSorted((a, b) => placeOf(a) - placeOf(b)),
  )
})
