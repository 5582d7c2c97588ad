import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import t from 'tap'
import { readDataSet } from '../../ops/evaluation/data-set.ts'
import { type Outcome, proportion, score } from '../../ops/evaluation/score.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const run = (script: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const child = execFile(process.execPath, [join(ROOT, script), ...args], (_error, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    )
  })

t.test('Wilson intervals of known cases are correct', async (t) => {
  const { share, low, high } = proportion(8, 10)
  t.equal(share, 0.8)
  t.ok(Math.abs(low - 0.4902) < 5e-4 && Math.abs(high - 0.9433) < 5e-4, `${low} to ${high}`)
  t.match(proportion(0, 21), { share: 0, low: 0 })
  t.ok(Math.abs(proportion(0, 21).high - 0.1546) < 5e-4)
  t.same(proportion(0, 0), { hits: 0, of: 0, share: null, low: 0, high: 1 })
})

t.test('Scores count pictures and boxes', async (t) => {
  const at = (x: number) => ({ x, y: 0, width: 10, height: 10 })
  const outcome = (defect: boolean, boxes: Outcome['boxes'], foundBoxes: Outcome['foundBoxes']): Outcome => ({
    defect,
    boxes,
    found: foundBoxes.length > 0,
    foundBoxes,
    milliseconds: 100,
    megapixels: 0.5,
  })
  const result = score([
    outcome(true, [at(0), at(50)], [at(2), at(58)]),
    outcome(true, [at(0)], []),
    outcome(true, null, [at(7)]),
    outcome(false, [], [at(90)]),
    outcome(false, [], []),
  ])
  t.match(result, {
    pictures: 5,
    defective: 3,
    recall: { hits: 2, of: 3 },
    precision: { hits: 2, of: 3 },
    falseAlarms: { hits: 1, of: 2 },
    boxRecall: { hits: 1, of: 3 },
    boxPrecision: { hits: 1, of: 3 },
    touchRecall: { hits: 2, of: 3 },
    touchPrecision: { hits: 2, of: 3 },
    msPerMegapixel: 200,
  })
})

t.test('Samples are written with a manifest that evaluate reads', async (t) => {
  const folder = join(t.testdir({}), 'samples')
  t.match(await run('scripts/sample-parts.ts', folder), { code: 0 })
  const { pictures } = await readDataSet(folder)
  t.equal(pictures.length, 12)
  t.equal(pictures.filter(({ defect }) => defect).length, 8)
  // Two of them are enough to see evaluate work.
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  const items = manifest.items.filter(({ file }: { file: string }) => /^0[12]/.test(file))
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, items }))
  const { code, out, err } = await run('ops/evaluate.ts', '--json', folder)
  t.equal(code, 0, err)
  const rows: { half: string; score: { pictures: number } }[] = JSON.parse(out).rows
  t.same(
    rows.map(({ half }) => half),
    ['tuning', 'quoted'],
  )
  t.equal(
    rows.reduce((sum, row) => sum + row.score.pictures, 0),
    2,
  )
  t.match(err, /sample-parts: 2 of 2/, 'progress is on the error output')
})

t.test('Invalid arguments end with one readable line and exit code 2', async (t) => {
  const empty = t.testdir({ broken: { 'manifest.json': '{' }, other: { 'manifest.json': '{"items":[{}]}' } })
  await mkdir(join(empty, 'none'))
  for (const [args, words] of [
    [['--analyser'], /Unknown option/],
    [['--analyzer', 'guess'], /local or azure/],
    [[join(empty, 'missing')], /cannot be read/],
    [[join(empty, 'none')], /manifest\.json/],
    [[join(empty, 'broken')], /not JSON/],
    [[join(empty, 'other')], /no labelled pictures/],
  ] as const) {
    const { code, out, err } = await run('ops/evaluate.ts', ...args)
    t.equal(code, 2, args.join(' '))
    t.match(err, words)
    t.equal(err.trim().split('\n').length, 1, err)
    t.equal(out, '')
  }
  t.match(await run('scripts/sample-parts.ts'), { code: 2, err: /Usage/ })
})
