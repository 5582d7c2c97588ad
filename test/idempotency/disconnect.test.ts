import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { FAKE_KEY, startFakeAzure } from '../../fixtures/fake-azure.ts'
import { hang, model } from '../../fixtures/fake-azure-behaviours.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { startService } from '../support/service.ts'

/** A client that goes away: nobody looks at the picture for it. */
const fake = await startFakeAzure()
const service = await startService({
  AZURE_AI_ENDPOINT: fake.url,
  AZURE_AI_API_KEY: FAKE_KEY,
  AZURE_MAX_CONCURRENCY: '2',
  RATE_LIMIT_PER_IP: '100000',
})
t.teardown(async () => {
  await service.close()
  await fake.close()
})
const count = async (what: string): Promise<number> =>
  Number((await service.database.pool.query(`select count(*) from ${what}`)).rows[0].count)
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let waited = 0; !(await holds()); waited += 10) {
    if (waited > 60_000) throw new Error('it did not come to that')
    await sleep(10)
  }
}
/** Sends a form and returns what takes the client away. */
function send(path: string, body: FormData, headers: Record<string, string> = {}) {
  const client = new AbortController()
  const ended = fetch(`${service.url}/api/v1/${path}`, { method: 'POST', body, headers, signal: client.signal }).then(
    ({ status }) => status,
    () => 'gone',
  )
  return { leave: () => client.abort(), ended }
}
/** Waits until the service is done with that many requests whose clients went away. */
const abandoned = (wanted: number) =>
  until(() => service.logs.filter((line) => line.includes('"status":499')).length >= wanted)

t.test('D7 the call of the model is cancelled, and there is no half row', async (t) => {
  fake.setDefault(hang)
  const headers = { 'idempotency-key': 'd7' }
  const bytes = await photo()
  const { leave, ended } = send('analyze', photoForm(bytes), headers)
  await until(() => fake.calls.length === 1)
  leave()
  t.equal(await ended, 'gone')
  await until(() => fake.calls[0]?.cancelled === true)
  await abandoned(1)
  t.equal(await count('analyses'), 0)

  fake.setDefault(model)
  t.equal(await send('analyze', photoForm(bytes), headers).ended, 200, 'and its key may be used again')
  t.equal(await count('analyses'), 1)
})

t.test('D7 all calls of a batch are cancelled, and the rest is not begun', async (t) => {
  fake.setDefault(hang)
  const calls = fake.calls.length
  const before = await count('analyses')
  const form = new FormData()
  form.set('product_sku', 'WK-KN-200')
  for (let i = 0; i < 6; i++) form.append('images', new Blob([new Uint8Array(await photo())]), `${i}.jpg`)
  const { leave, ended } = send('analyze/batch', form)
  await until(() => fake.calls.length === calls + 2)
  leave()
  t.equal(await ended, 'gone')
  await until(() => fake.calls.slice(calls).every(({ cancelled }) => cancelled))
  await abandoned(2)
  t.equal(fake.calls.length, calls + 2, 'those that waited were never asked')
  t.equal(await count('analyses'), before)
})

t.test('D7 a request that waits for its turn gives up its place', async (t) => {
  fake.setDefault(hang)
  const calls = fake.calls.length
  const first = [send('analyze', photoForm(await photo())), send('analyze', photoForm(await photo()))]
  await until(() => fake.calls.length === calls + 2)
  const waiting = send('analyze', photoForm(await photo()))
  await sleep(300)
  waiting.leave()
  t.equal(await waiting.ended, 'gone')
  await abandoned(3)
  for (const one of first) one.leave()
  await abandoned(5)
  t.equal(fake.calls.length, calls + 2)
})

t.test("a client's own hang-up leaves no error in the log", (t) => {
  t.same(
    service.logs.filter((line) => line.includes('"level":50')),
    [],
  )
  t.end()
})
