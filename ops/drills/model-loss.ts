import { FAKE_KEY, startFakeAzure } from '../../fixtures/fake-azure.ts'
import { hang, model } from '../../fixtures/fake-azure-behaviours.ts'
import { freePort } from '../../fixtures/free-port.ts'
import type { Outcome } from '../../fixtures/load.ts'
import type { Drill } from './drill.ts'
import { healed, twoTasks } from './two-tasks.ts'

/** Seconds that an analysis may take in all, here. */
const DEADLINE = 2

/** What happens to the product when Azure does not. */
export const modelLoss: Drill = {
  title: 'The model is lost',
  expectation: `Azure hangs, then refuses: every upload is answered 502, 503 or 504 within its deadline (${DEADLINE} s, and 2 s to spare), calls are paused (503) after some failures, reads go on, and analyses work again within 20 s of its return. The local analyzer never steps in silently.`,
  async local(stage) {
    const port = await freePort()
    let azure = await startFakeAzure({ port })
    stage.teardown(() => azure.close())
    const tasks = await twoTasks(stage, {
      AZURE_AI_ENDPOINT: azure.url,
      AZURE_AI_API_KEY: FAKE_KEY,
      AZURE_API_TIMEOUT: String(DEADLINE),
    })
    const first = await tasks.post()
    stage.check('an analysis before', '200', first.status, first.status === 200)

    const judge = (name: string, outcomes: readonly Outcome[]) => {
      const statuses = [...new Set(outcomes.map(({ status }) => status))]
      const named = statuses.toSorted().join(', ')
      stage.check(
        `uploads while it ${name}`,
        'only 502, 503, 504',
        named,
        statuses.every((one) => [502, 503, 504].includes(one)),
      )
      const slowest = Math.max(...outcomes.map(({ ms }) => ms)) / 1000
      stage.check(`slowest of them`, `under ${DEADLINE + 2} s`, `${slowest.toFixed(1)} s`, slowest < DEADLINE + 2)
    }
    const many = async (count: number) => {
      const outcomes: Outcome[] = []
      for (let round = 0; round < count; round++)
        outcomes.push(...(await Promise.all(Array.from({ length: 4 }, tasks.post))))
      return outcomes
    }
    azure.setDefault(hang)
    judge('hangs', await many(stage.small ? 2 : 5))
    await azure.close()
    const refused = await many(stage.small ? 5 : 10)
    judge('refuses', refused)
    const paused = refused.filter(({ status }) => status === 503).length
    stage.check('calls are paused', 'some uploads are answered 503 at once', paused, paused > 0)
    const reads = await Promise.all(Array.from({ length: 10 }, tasks.read))
    stage.check(
      'reads meanwhile',
      '10 of 10',
      reads.filter(({ status }) => status === 200).length,
      reads.every(({ status }) => status === 200),
    )

    azure = await startFakeAzure({ port })
    azure.setDefault(model)
    const seconds = await healed(performance.now(), tasks.post, 40)
    stage.check('analyses after its return', 'within 20 s', `${seconds.toFixed(1)} s`, seconds < 20)
    const [row] = await tasks.postgres.query<{ kinds: string }>(
      "select string_agg(distinct analyzer, ',') as kinds from analyses",
    )
    stage.check('analyzers of stored analyses', 'azure only', row?.kinds ?? '', row?.kinds === 'azure')
  },
}
