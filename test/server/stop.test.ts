import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { loadConfig } from '../../api/config/config.ts'
import { createServer } from '../../api/platform/http/server.ts'

t.test('Shutdown waits for a pending response but not for its connection', async (t) => {
  const app = createServer(loadConfig({ ENVIRONMENT: 'test', LOG_LEVEL: 'silent' }))
  const body = new PassThrough()
  app.get('/slow', { config: { access: 'public' } }, async () => body)
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  const agent = new Agent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  const answered = once(get(`${origin}/slow`, { agent }), 'response') as Promise<[IncomingMessage]>
  body.write('first, ')
  const [answer] = await answered
  t.equal(answer.headers.connection, 'keep-alive', 'told before anybody knew of the stop')

  let stopped = false
  const stop = app.close().then(() => {
    stopped = true
  })
  await sleep(500)
  t.notOk(stopped, 'the answer is not cut')
  body.end('last')
  t.equal(await text(answer), 'first, last')
  await Promise.race([stop, sleep(20_000, undefined, { ref: false })])
  t.ok(stopped, 'its connection would be kept for 72 s')
})
