import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { descendants, HAS_PROC, spawnFake, spawnService, survivors } from '../../fixtures/processes.ts'
import { testFolder } from '../support/service.ts'

/** The service as a process of its own: how it ends and comes back. */
const skip = HAS_PROC ? false : 'there is no /proc to look for processes in'

const analyze = async (origin: string): Promise<Response> =>
  fetch(`${origin}/api/v1/analyze`, { method: 'POST', body: photoForm(await photo()) })

const idOf = async (response: Response): Promise<string> => {
  const { analysis } = (await response.json()) as { analysis: { defect_id: string } }
  return analysis.defect_id
}

const storedIds = async (origin: string): Promise<string[]> => {
  const page = (await (await fetch(`${origin}/api/v1/analyses`)).json()) as { analyses: { defect_id: string }[] }
  return page.analyses.map(({ defect_id }) => defect_id)
}

t.test('SIGTERM lets a running analysis finish and leaves no process behind', { skip }, async (t) => {
  const folder = testFolder()
  const fake = await spawnFake({ delayMs: 1500 })
  t.teardown(async () => {
    await fake.stop()
    folder.remove()
  })
  const env = { ENVIRONMENT: 'test', DATA_DIR: folder.path, ...fake.env }
  const service = spawnService(env)
  t.teardown(() => service.stop())
  const answer = analyze(await service.listening)
  while ((await fake.calls()).detect === 0) await sleep(20)
  const children = descendants(service.pid)
  t.ok(children.length > 0, 'the embedded PostgreSQL runs')

  service.process.kill('SIGTERM')
  const response = await answer
  t.equal(response.status, 200)
  const id = await idOf(response)
  t.equal(await service.exited, 0)
  t.same(await survivors(children), [])

  const again = spawnService(env)
  t.teardown(() => again.stop())
  t.same(await storedIds(await again.listening), [id], 'and it was stored')
  t.equal(await again.stop(), 0)
})

t.test('After kill -9 PostgreSQL stops too, and the next start has the rows', { skip }, async (t) => {
  const folder = testFolder()
  const fake = await spawnFake()
  t.teardown(async () => {
    await fake.stop()
    folder.remove()
  })
  const env = { ENVIRONMENT: 'test', DATA_DIR: folder.path, ...fake.env }
  const killed = spawnService(env)
  t.teardown(() => killed.stop())
  const id = await idOf(await analyze(await killed.listening))
  const children = descendants(killed.pid)
  killed.process.kill('SIGKILL')
  t.equal(await killed.exited, null)

  const again = spawnService(env)
  t.teardown(() => again.stop())
  t.same(await storedIds(await again.listening), [id], 'although the next one starts at once')
  t.same(await survivors(children), [])
  const image = await fetch(`${await again.listening}/api/v1/analyses/${id}/image`)
  t.equal(image.status, 200)
  await image.arrayBuffer()
  t.equal(await again.stop(), 0)
})
