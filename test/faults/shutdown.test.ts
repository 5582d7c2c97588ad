import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { eventually, send, startLoad, tally, upload } from '../../fixtures/load.ts'
import { photo } from '../../fixtures/photos.ts'
import { timing } from '../../modules/service/timing.ts'
import { processStage } from '../support/process-stage.ts'

/** SIGTERM: not ready at once, serving for a while, no request lost, and gone in time. */
const GRACE_S = 2
const { origin, service } = await processStage(t, { env: { SHUTDOWN_GRACE: String(GRACE_S) }, delayMs: 400 })
const jpeg = await photo()

t.test('S5 the signal reaches Node: no shell and no npm in between', async (t) => {
  const dockerfile = readFileSync(resolve(import.meta.dirname, '../../Dockerfile'), 'utf8')
  const command = dockerfile.match(/^(CMD|ENTRYPOINT) .*$/gm) ?? []
  t.equal(command.length, 1)
  t.match(JSON.parse(command[0]?.replace('CMD ', '') ?? ''), ['node', /.*/, 'api/server.ts'])
})

t.test('S1 S2 SIGTERM under load', async (t) => {
  const agent = new Agent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  const running = startLoad(t, 20, () => send(`${origin}/api/v1/analyze`, { ...upload(jpeg), agent }))
  await eventually(() => running.outcomes.length > 10)

  // As browsers open them ahead; nothing is ever sent on it.
  const unused = connect(Number(new URL(origin).port), '127.0.0.1')
  t.teardown(() => unused.destroy())
  await once(unused, 'connect')
  service.process.kill('SIGTERM')
  const signalled = performance.now()
  await sleep(300)
  const ready = await send(`${origin}/ready`)
  t.equal(ready.status, 503, 'not ready at once')
  t.match(ready.body, /shutting down/)
  t.equal((await send(`${origin}/health`)).status, 200, 'alive')
  t.equal((await send(`${origin}/api/v1/stats`)).status, 200, 'and serving')
  // As a load balancer that has seen it: what is under way goes on, nothing new comes.
  await sleep(400)
  const outcomes = await running.end()
  const late = outcomes.filter(({ at }) => at > signalled)
  t.ok(late.length > 3, `${late.length} requests were taken after the signal`)
  t.same(tally(outcomes), { 200: outcomes.length }, 'no request failed')

  const code = await service.exited
  const seconds = (performance.now() - signalled) / 1000
  t.equal(code, 0)
  t.ok(seconds >= GRACE_S, `it kept serving for the grace of ${GRACE_S} s`)
  // The unused connection would otherwise hold it until its headers are overdue, after 75 s.
  t.ok(seconds < timing.stop / 2, `gone after ${seconds.toFixed(1)} s, well before the kill after ${timing.stop} s`)
  const faults = service.logs.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50)
  t.same(faults, [], 'nothing went wrong: a stop that was asked for is no error in the log')
})
