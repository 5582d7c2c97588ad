import { setImmediate as nextTurn } from 'node:timers/promises'
import t from 'tap'
import { ImageError } from '../../api/domain/image-error.ts'
import { createGate } from '../../api/images/gate.ts'

/** Tasks that end when told to, and a log of those that have started. */
function tasks() {
  const started: string[] = []
  const ends = new Map<string, () => void>()
  return {
    started,
    task: (name: string) => (): Promise<string> => {
      started.push(name)
      return new Promise((resolve) => ends.set(name, () => resolve(name)))
    },
    async end(name: string): Promise<void> {
      ends.get(name)?.()
      await nextTurn()
    },
  }
}

t.test('at most `concurrency` run, the rest in order of arrival', async (t) => {
  const { started, task, end } = tasks()
  const gate = createGate({ concurrency: 2, budget: 100, maxQueue: 9 })
  const all = ['a', 'b', 'c', 'd'].map((name) => gate.run(1, task(name)))
  await nextTurn()
  t.same(started, ['a', 'b'])
  await end('b')
  t.same(started, ['a', 'b', 'c'])
  await end('a')
  await end('c')
  await end('d')
  t.same(await Promise.all(all), ['a', 'b', 'c', 'd'])
})

t.test('weights are bounded together, and a heavy one neither starves nor is refused', async (t) => {
  const { started, task, end } = tasks()
  const gate = createGate({ concurrency: 9, budget: 10, maxQueue: 9 })
  const all = [gate.run(6, task('a')), gate.run(20, task('huge')), gate.run(1, task('small'))]
  await nextTurn()
  t.same(started, ['a'], 'the small one does not overtake')
  await end('a')
  t.same(started, ['a', 'huge'])
  await end('huge')
  await end('small')
  t.same(await Promise.all(all), ['a', 'huge', 'small'])
})

t.test('a full queue refuses at once and says when to come again', async (t) => {
  const { task, end } = tasks()
  const gate = createGate({ concurrency: 1, budget: 10, maxQueue: 1 })
  const running = gate.run(1, task('a'))
  const waiting = gate.run(1, task('b'))
  const error = await gate.run(1, task('c')).catch((reason: unknown) => reason)
  t.ok(error instanceof ImageError && error.failure === 'overloaded')
  t.ok(error instanceof ImageError && (error.retryAfterSeconds ?? 0) > 0)
  await end('a')
  await end('b')
  t.same(await Promise.all([running, waiting]), ['a', 'b'])
})

t.test('a task that fails frees its place', async (t) => {
  const gate = createGate({ concurrency: 1, budget: 10, maxQueue: 1 })
  await t.rejects(
    gate.run(1, () => Promise.reject(new Error('broken'))),
    /broken/,
  )
  t.equal(await gate.run(1, async () => 'next'), 'next')
})

t.test('who goes away leaves the queue', async (t) => {
  const { started, task, end } = tasks()
  const gate = createGate({ concurrency: 1, budget: 10, maxQueue: 2 })
  const left = new AbortController()
  const running = gate.run(1, task('a'))
  const gone = gate.run(1, task('b'), left.signal)
  const last = gate.run(1, task('c'))
  left.abort(new Error('gone'))
  await t.rejects(gone, /gone/)
  await end('a')
  t.same(started, ['a', 'c'])
  await end('c')
  t.same(await Promise.all([running, last]), ['a', 'c'])
})

t.test('who waits too long is refused', async (t) => {
  const gate = createGate({ concurrency: 1, budget: 10, maxQueue: 2, maxWaitMs: 50 })
  const { promise, resolve } = Promise.withResolvers<void>()
  const first = gate.run(1, () => promise)
  t.doesNotThrow(() => gate.admit(), 'there is room to wait')
  const refused = await gate.run(1, async () => undefined).catch((error: unknown) => error)
  t.match(refused, { failure: 'overloaded', retryAfterSeconds: 2 })
  resolve()
  await first
  t.equal(await gate.run(1, async () => 'done'), 'done')
})

t.test('closing waits for what runs and refuses the rest', async (t) => {
  const { task, end } = tasks()
  const gate = createGate({ concurrency: 1, budget: 10, maxQueue: 2 })
  const running = gate.run(1, task('a'))
  const waiting = gate.run(1, task('b'))
  await nextTurn()
  let closed = false
  const closing = gate.close().then(() => {
    closed = true
  })
  await t.rejects(waiting, /Too many pictures/)
  await t.rejects(gate.run(1, task('c')), /Too many pictures/)
  t.equal(closed, false)
  await end('a')
  await closing
  t.equal(await running, 'a')
})
