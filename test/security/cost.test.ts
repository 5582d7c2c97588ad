/** What anybody may call as often as they like costs the dependencies next to nothing, and one call cannot take all memory. */
import t from 'tap'
import { storedAnalyses } from '../../api/features/reports/stored.ts'
import { schedulesOf } from '../../api/features/shifts/settings.ts'
import { openImageStore } from '../../api/images/open-store.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf } from '../support/http.ts'
import { startService, testFolder } from '../support/service.ts'

const folder = testFolder()
t.teardown(() => folder.remove())
const store = openImageStore({ dataDir: folder.path, imagesBucket: null, awsRegion: 'us-east-1' })
let checks = 0
const service = await startService(
  {},
  { analyzer: scriptedAnalyzer(), store: { ...store, check: async () => void checks++ } },
)
t.teardown(() => service.close())

t.test('/ready asks the dependencies once for all who ask within a second', async (t) => {
  const before = performance.now()
  const answers = await Promise.all(Array.from({ length: 200 }, () => fetch(`${service.url}/ready`)))
  const seconds = (performance.now() - before) / 1000
  t.ok(answers.every(({ status }) => status === 200))
  t.ok(checks >= 1 && checks <= 1 + Math.ceil(seconds), `${checks} checks in ${seconds.toFixed(1)} s`)
})

t.test('a report of stored results refuses a range with too many of them', async (t) => {
  for (let i = 0; i < 2; i++) {
    await analysisOf(await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body: photoForm(await photo()) }))
  }
  const range = { day: null, from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) }
  const { db } = service.database
  t.equal((await storedAnalyses(db, schedulesOf({}), range, 2)).analyses.length, 2)
  await t.rejects(storedAnalyses(db, schedulesOf({}), range, 1), {
    status: 400,
    message: /has 2 results, and a report counts 1 at most/,
  })
})
