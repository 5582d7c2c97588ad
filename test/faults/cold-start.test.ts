import t from 'tap'
import { eventually, send } from '../../fixtures/load.ts'
import { createPostgres } from '../../fixtures/postgres.ts'
import { spawnFake, spawnService } from '../../fixtures/processes.ts'
import { service as serviceModule } from '../../modules/service/service.ts'
import type { TerraformJson } from '../../modules/stack.ts'
import { testFolder } from '../support/service.ts'

t.test('S12 a cold start is ready within the grace of the health check', async (t) => {
  const stack = JSON.parse(String(serviceModule.build().files.get('main.tf.json'))) as TerraformJson
  const grace = Number(stack.resource?.aws_ecs_service?.api?.health_check_grace_period_seconds)
  t.ok(grace > 0)
  const folder = testFolder()
  const postgres = await createPostgres()
  await postgres.start()
  t.teardown(async () => {
    await postgres.remove()
    folder.remove()
  })
  const fake = await spawnFake()
  t.teardown(() => fake.stop())
  for (const schema of ['an empty', 'a migrated']) {
    const started = performance.now()
    const env = { ENVIRONMENT: 'test', DATA_DIR: folder.path, DATABASE_URL: postgres.url, ...fake.env }
    const service = spawnService(env)
    t.teardown(() => service.stop())
    const origin = await service.listening
    await eventually(async () => (await send(`${origin}/ready`)).status === 200, grace)
    const seconds = (performance.now() - started) / 1000
    t.comment(`ready on ${schema} database after ${seconds.toFixed(1)} s; the grace is ${grace} s`)
    t.ok(seconds < grace)
    t.equal(await service.stop(), 0)
  }
})
