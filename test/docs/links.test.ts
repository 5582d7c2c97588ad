import { existsSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import t from 'tap'
import { anchorsOf, makeTargets, markdownFiles, read, root, targetsIn } from './markdown.ts'

const linksOf = (markdown: string): string[] =>
  [...markdown.replace(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/!?\[[^\]]*\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))

t.test('every relative link of every page leads to a file, and to a heading where it names one', async (t) => {
  let checked = 0
  for (const page of markdownFiles) {
    for (const link of linksOf(read(page))) {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : normalize(join(dirname(page), path))
      checked++
      if (!existsSync(join(root, target))) {
        t.fail(`${page}: ${link} is not there`)
      } else if (anchor !== undefined && statSync(join(root, target)).isFile()) {
        t.ok(anchorsOf(read(target)).has(anchor), `${page}: ${link} has its heading`)
      }
    }
  }
  t.ok(checked > 200, `${checked} links`)
})

t.test('every make target that a page calls exists', async (t) => {
  const called = markdownFiles.flatMap((page) => targetsIn(read(page)).map((target) => ({ page, target })))
  t.ok(called.length > 100, `${called.length} calls`)
  for (const { page, target } of called) if (!makeTargets.has(target)) t.fail(`${page}: make ${target}`)
})

t.test('what the two tests look for, they find', async (t) => {
  const page =
    '# A `b` c\nmake sure. `make plan ENV=x`\n```sh\ncd x && make nothing-like-it\n```\n    make other\n[a](b.md#c) ![d](e.png)'
  t.strictSame(targetsIn(page).sort(), ['nothing-like-it', 'other', 'plan'])
  t.strictSame(linksOf(page), ['b.md#c', 'e.png'])
  t.strictSame([...anchorsOf(page)], ['a-b-c'])
})
