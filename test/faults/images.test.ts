import t from 'tap'
import { eventually, send, upload } from '../../fixtures/load.ts'
import { installMoto, startMoto } from '../../fixtures/moto.ts'
import { photo } from '../../fixtures/photos.ts'
import { spawnFake, spawnService } from '../../fixtures/processes.ts'
import { testFolder } from '../support/service.ts'

/** S3 does not answer, or is not there. */
const skip = (await installMoto()) ?? false

t.test('D14 without S3: 503 in bounded time, and no row', { skip }, async (t) => {
  const folder = testFolder()
  const moto = await startMoto()
  await moto.createBucket('wiko-images')
  const fake = await spawnFake()
  const service = spawnService({
    ENVIRONMENT: 'test',
    DATA_DIR: folder.path,
    IMAGES_BUCKET: 'wiko-images',
    ...moto.env,
    ...fake.env,
  })
  t.teardown(async () => {
    await service.stop()
    await fake.stop()
    await moto.stop()
    folder.remove()
  })
  const origin = await service.listening
  const jpeg = await photo()
  const post = () => send(`${origin}/api/v1/analyze`, upload(jpeg))
  const inspections = async () =>
    (JSON.parse((await send(`${origin}/api/v1/stats`)).body) as { total_inspections: number }).total_inspections
  t.equal((await post()).status, 200)
  t.equal(await inspections(), 1)

  await t.test('it hangs', async (t) => {
    moto.process.kill('SIGSTOP')
    const [refused, ready, health] = await Promise.all([post(), send(`${origin}/ready`), send(`${origin}/health`)])
    t.equal(refused.status, 503, refused.body)
    t.ok(Number(refused.retryAfter) > 0)
    t.ok(refused.ms < 25_000, `after ${Math.round(refused.ms)} ms`)
    t.equal(ready.status, 503)
    t.match(ready.body, /images/)
    t.ok(ready.ms < 10_000, `/ready after ${Math.round(ready.ms)} ms`)
    t.equal(health.status, 200)
    t.equal(await inspections(), 1, 'no row')
    moto.process.kill('SIGCONT')
    await eventually(async () => (await post()).status === 200, 20)
    t.equal((await send(`${origin}/ready`)).status, 200)
  })

  await t.test('it is not there', async (t) => {
    const before = await inspections()
    await moto.stop()
    const refused = await post()
    t.equal(refused.status, 503, refused.body)
    t.ok(refused.ms < 15_000, `after ${Math.round(refused.ms)} ms`)
    t.equal(await inspections(), before, 'no row')
  })
})
