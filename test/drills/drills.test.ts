/** Two drills in their small form, and what a report says. All of them run at full length in `make verify`. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { type Drill, runDrill, writeReport } from '../../ops/drills/drill.ts'
import { drills } from '../../ops/drills/index.ts'

t.setTimeout(290_000)

for (const name of ['task-failure', 'restore']) {
  const drill = drills[name]
  t.test(`${name}: ${drill?.title}`, { timeout: 200_000 }, async (t) => {
    if (!drill) return t.fail('there is no such drill')
    const report = await runDrill(name, drill, {}, true)
    t.comment(`${report.seconds} s`)
    t.equal(report.fault, null)
    for (const { what, expected, found, ok } of report.checks) t.ok(ok, `${what}: ${found} (expected: ${expected})`)
    t.equal(report.result, 'PASS')
  })
}

t.test('a report tells what did not hold, and nothing checked is no pass', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'wiko-drills-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const order: string[] = []
  const drill: Drill = {
    title: 'A drill',
    expectation: 'it holds',
    local: async (stage) => {
      stage.teardown(() => order.push('first'))
      stage.teardown(() => order.push('last'))
      stage.check('a | b', '1', 2, false)
    },
  }
  const report = await runDrill('a-drill', drill, {})
  t.strictSame(order, ['last', 'first'])
  t.equal(report.result, 'FAIL')
  const path = await writeReport(report, folder)
  t.match(
    await readFile(path, 'utf8'),
    /^# A drill: FAIL\n[\s\S]*real: processes of this machine[\s\S]*\| a \\\| b \| 1 \| 2 \| NO \|/,
  )
  t.strictSame(JSON.parse(await readFile(path.replace(/md$/, 'json'), 'utf8')), report)
  t.equal((await runDrill('nothing', { ...drill, local: async () => undefined }, {})).result, 'FAIL')
  const inAccount = await runDrill('here-only', drill, { ENV: 'staging', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' })
  t.match(inAccount, { result: 'FAIL', ground: 'simulated: AWS', fault: /runs on this machine only/ })
})
