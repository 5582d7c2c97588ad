import t from 'tap'
import { startEmbeddedPostgres } from '../../api/database/embedded.ts'
import { spawnService } from '../../fixtures/processes.ts'
import { testFolder } from '../support/service.ts'

t.test('Ten processes that start at once on an empty database all come up', async (t) => {
  const folders = Array.from({ length: 11 }, testFolder)
  const postgres = await startEmbeddedPostgres(folders[10]?.path ?? '')
  const services = folders
    .slice(0, 10)
    .map(({ path }) => spawnService({ ENVIRONMENT: 'development', DATA_DIR: path, DATABASE_URL: postgres.url }))
  t.teardown(async () => {
    await Promise.all(services.map((service) => service.stop()))
    await postgres.stop()
    for (const folder of folders) folder.remove()
  })
  const origins = await Promise.all(services.map(({ listening }) => listening))
  t.equal(new Set(origins).size, 10)
  const answers = await Promise.all(origins.map((origin) => fetch(`${origin}/ready`)))
  t.same(
    answers.map(({ status }) => status),
    Array.from({ length: 10 }, () => 200),
  )
  t.same(await Promise.all(services.map((service) => service.stop())), new Array(10).fill(0), 'and all stop cleanly')
})
