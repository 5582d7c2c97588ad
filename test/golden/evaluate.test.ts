import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import t from 'tap'
import { drawnStation } from '../../fixtures/golden-station.ts'
import { goldenScore, type Judged } from '../../ops/evaluation/golden-score.ts'
import { readGoldenSet } from '../../ops/evaluation/golden-set.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const evaluate = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const child = execFile(process.execPath, [join(ROOT, 'ops/evaluate.ts'), ...args], (_error, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    )
  })
const at = (x: number) => ({ x, y: 0, width: 30, height: 10 })

t.test('photos and boxes are counted', async (t) => {
  const one = (
    defect: boolean,
    verdict: Judged['judgement']['verdict'],
    ratio: number,
    boxes: number[] | null,
    found: number[],
  ): Judged => ({
    photo: { path: '', defect, boxes: boxes?.map(at) ?? null },
    judgement: { verdict, ratio, regions: found.map((x) => ({ ...at(x), peak: ratio })) },
    milliseconds: 10,
  })
  const score = goldenScore([
    one(true, 'ng', 1.4, [0, 100], [2, 300]),
    one(true, 'ng', 1.1, [0], [200]),
    one(true, 'unsure', 0.9, [0], [0]),
    one(true, 'cannot_judge', 0.5, null, []),
    one(false, 'ng', 1.2, null, [50]),
    one(false, 'ok', 0.5, null, []),
  ])
  t.match(score, {
    recall: [2, 4],
    recallWithUnsure: [3, 4],
    falseAlarms: [1, 2],
    cannotJudge: [1, 6],
    hit: [1, 2],
    boxRecall: [2, 4],
    boxPrecision: [2, 4],
    milliseconds: 10,
  })
  // Of eight pairs the bad photo has more in four, and as much in one.
  t.equal(score.auroc, 4.5 / 8)
  t.same(score.bySize, [
    { size: 'up to 25', ng: [0, 0], withUnsure: [0, 0] },
    { size: '26 to 45', ng: [2, 3], withUnsure: [3, 3] },
    { size: 'over 45', ng: [0, 0], withUnsure: [0, 0] },
  ])
})

t.test('a folder with golden samples is judged by the first of them, a row for each number and station', async (t) => {
  const folder = t.testdir({})
  const shoot = await drawnStation('knife', 8, 256, 176)
  const flaw = { x: 115, y: 86, radius: 8 }
  const golden = ['0.jpg', '1.jpg', '2.jpg', '3.jpg', '4.jpg']
  for (const index of [0, 1, 2, 3, 4, 5]) await writeFile(join(folder, `${index}.jpg`), (await shoot(index)).jpeg)
  for (const index of [6, 7]) await writeFile(join(folder, `${index}.jpg`), (await shoot(index, flaw)).jpeg)
  await writeFile(
    join(folder, 'manifest.json'),
    JSON.stringify({
      dataset: 'drawn',
      kind: 'golden',
      stations: [
        {
          station: 'a',
          golden,
          good: ['5.jpg'],
          bad: [
            { file: '6.jpg', boxes: [[105, 76, 20, 20]] },
            { file: '7.jpg', boxes: null },
            { file: '5.jpg', boxes: null },
          ],
        },
      ],
    }),
  )
  const { code, out, err } = await evaluate('--json', folder)
  t.equal(code, 0, err)
  t.match(err, /left out, as listed both good and bad: 5\.jpg/)
  t.match(err, /drawn, 5 goldens: 1 of 1 stations/)
  const { data } = JSON.parse(out)
  t.same(
    data.map(({ station, n }: { station: string | null; n: number }) => [station, n]),
    [
      [null, 1],
      ['a', 1],
      [null, 5],
      ['a', 5],
    ],
  )
  t.same(Object.keys(data[2]), [
    'dataset',
    'station',
    'n',
    'auroc',
    'recall',
    'recall_with_unsure',
    'false_alarms',
    'hit',
    'ms',
  ])
  t.match(data[2], {
    dataset: 'drawn',
    auroc: 1,
    recall: [2, 2],
    recall_with_unsure: [2, 2],
    false_alarms: [0, 1],
    hit: [1, 1],
  })
})

t.test('a golden set that lacks its lists is refused', async (t) => {
  const folder = t.testdir({
    'manifest.json': JSON.stringify({ dataset: 'x', kind: 'golden', stations: [{ station: 'a' }] }),
  })
  await t.rejects(readGoldenSet(folder), { message: /golden, good and bad/ })
  t.match(await evaluate('--json', folder), { code: 2, err: /golden, good and bad/ })
  t.equal(await readGoldenSet(t.testdir({ 'manifest.json': '{"dataset":"y","items":[]}' })), null)
})
