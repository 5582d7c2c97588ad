import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { freePort } from '../../fixtures/free-port.ts'
import { eventually, send, startLoad, tally, upload } from '../../fixtures/load.ts'
import { photo } from '../../fixtures/photos.ts'
import { createPostgres } from '../../fixtures/postgres.ts'
import { type ServiceProcess, spawnFake, spawnService } from '../../fixtures/processes.ts'
import { startRoundRobin } from '../../fixtures/round-robin.ts'
import { testFolder } from '../support/service.ts'

t.test('S3 a rolling restart of two processes behind a load balancer loses no request', async (t) => {
  const folder = testFolder()
  const postgres = await createPostgres()
  await postgres.start()
  const fake = await spawnFake({ delayMs: 200 })
  const ports = [await freePort(), await freePort()]
  const start = (port: number): ServiceProcess =>
    spawnService({
      ENVIRONMENT: 'test',
      PORT: String(port),
      DATA_DIR: folder.path,
      DATABASE_URL: postgres.url,
      RATE_LIMIT_PER_IP: '1000000',
      SHUTDOWN_GRACE: '5', // production's: the balancer notices within it, on a busy machine too
      ...fake.env,
    })
  const services = ports.map(start)
  t.teardown(async () => {
    await Promise.all(services.map((service) => service.stop()))
    await fake.stop()
    await postgres.remove()
    folder.remove()
  })
  await Promise.all(services.map(({ listening }) => listening))
  const balancer = await startRoundRobin(ports.map((port) => `http://127.0.0.1:${port}`))
  t.teardown(() => balancer.close())

  const jpeg = await photo()
  const running = startLoad(t, 20, () => send(`${balancer.url}/api/v1/analyze`, upload(jpeg)))
  await eventually(() => running.outcomes.length > 20)
  for (const [index, port] of [...ports.entries(), ...ports.entries()]) {
    services[index]?.process.kill('SIGTERM')
    t.equal(await services[index]?.exited, 0, `process ${index + 1} stopped cleanly`)
    services[index] = start(port)
    await services[index].listening
    await sleep(1_000)
  }
  const outcomes = await running.end()
  t.comment(`${outcomes.length} uploads, by process ${balancer.served.join(' and ')}`)
  t.same(tally(outcomes), { 200: outcomes.length }, 'no request failed')
  const rows = await postgres.query('select 1 from analyses')
  t.equal(rows.length, outcomes.length, 'and each is stored once')
})
