/** The load balancer that stands in for AWS's: what it must do so that a lost request is the fault of the service. */

import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { send } from '../../fixtures/load.ts'
import { startRoundRobin } from '../../fixtures/round-robin.ts'

/** A target that is ready and treats every other request by `listener`. */
async function startTarget(t: Pick<Test, 'teardown'>, listener: RequestListener): Promise<string> {
  const server = createServer((request, response) =>
    request.url === '/ready' ? response.end() : listener(request, response),
  ).listen(0, '127.0.0.1')
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

t.test('a target that is deregistered gets no new request and answers those that it has', async (t) => {
  const arrived = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const leaving = await startTarget(t, (_, response) => {
    arrived.resolve()
    void held.promise.then(() => response.end('leaving'))
  })
  const staying = await startTarget(t, (_, response) => void response.end('staying'))
  const balancer = await startRoundRobin([leaving])
  t.teardown(() => balancer.close())

  const first = send(balancer.url)
  await arrived.promise
  await balancer.register(staying)
  let drained = false
  const draining = balancer.deregister(leaving).then(() => {
    drained = true
  })
  for (let sent = 0; sent < 6; sent++) t.equal((await send(balancer.url)).body, 'staying')
  t.notOk(drained, 'it still has a request')
  held.resolve()
  t.equal((await first).body, 'leaving')
  await draining
})

t.test('a request goes to another target only where no connection could be made', async (t) => {
  const breaking = await startTarget(t, ({ socket }) => void socket.destroy())
  const closed = 'http://127.0.0.1:9' // nobody listens there
  const balancer = await startRoundRobin([closed])
  t.teardown(() => balancer.close())
  t.equal((await send(balancer.url)).status, 502, 'no target answers')
  await balancer.register(breaking)
  t.equal((await send(balancer.url)).status, 502, 'the target broke off')

  const answering = await startTarget(t, (_, response) => void response.end())
  await balancer.deregister(breaking)
  await balancer.register(answering)
  t.equal((await send(balancer.url)).status, 200)
})
