import { setImmediate as nextTurn } from 'node:timers/promises'
import t from 'tap'
import { Semaphore, type SemaphoreOptions } from '../../api/platform/semaphore.ts'

const semaphore = (options: Omit<SemaphoreOptions, 'overloaded'>) => {
  const held = new Semaphore({ ...options, overloaded: () => new Error('overloaded') })
  return {
    admit: () => held.admit(),
    tryAcquire: (weight: number) => held.tryAcquire(weight),
    close: () => held.close(),
    async run<T>(weight: number, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
      using _permit = await held.acquire(weight, signal)
      return await task()
    },
  }
}

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
  const decodes = semaphore({ concurrency: 2, capacity: 100, maxQueue: 9 })
  const all = ['a', 'b', 'c', 'd'].map((name) => decodes.run(1, task(name)))
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
  const decodes = semaphore({ concurrency: 9, capacity: 10, maxQueue: 9 })
  const all = [decodes.run(6, task('a')), decodes.run(20, task('huge')), decodes.run(1, task('small'))]
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
  const decodes = semaphore({ concurrency: 1, capacity: 10, maxQueue: 1 })
  const running = decodes.run(1, task('a'))
  const waiting = decodes.run(1, task('b'))
  await t.rejects(decodes.run(1, task('c')), /overloaded/)
  t.throws(() => decodes.admit(), /overloaded/)
  await end('a')
  await end('b')
  t.same(await Promise.all([running, waiting]), ['a', 'b'])
})

t.test('a task that fails frees its place', async (t) => {
  const decodes = semaphore({ concurrency: 1, capacity: 10, maxQueue: 1 })
  await t.rejects(
    decodes.run(1, () => Promise.reject(new Error('broken'))),
    /broken/,
  )
  t.equal(await decodes.run(1, async () => 'next'), 'next')
})

t.test('who goes away leaves the queue', async (t) => {
  const { started, task, end } = tasks()
  const decodes = semaphore({ concurrency: 1, capacity: 10, maxQueue: 2 })
  const left = new AbortController()
  const running = decodes.run(1, task('a'))
  const gone = decodes.run(1, task('b'), left.signal)
  const last = decodes.run(1, task('c'))
  left.abort(new Error('gone'))
  await t.rejects(gone, /gone/)
  await end('a')
  t.same(started, ['a', 'c'])
  await end('c')
  t.same(await Promise.all([running, last]), ['a', 'c'])
})

t.test('who waits too long is refused', async (t) => {
  const decodes = semaphore({ concurrency: 1, capacity: 10, maxQueue: 2, maxWaitMs: 50 })
  const { promise, resolve } = Promise.withResolvers<void>()
  const first = decodes.run(1, () => promise)
  t.doesNotThrow(() => decodes.admit(), 'there is room to wait')
  await t.rejects(
    decodes.run(1, async () => undefined),
    /overloaded/,
  )
  resolve()
  await first
  t.equal(await decodes.run(1, async () => 'done'), 'done')
})

t.test('closing waits for what runs and refuses the rest', async (t) => {
  const { task, end } = tasks()
  const decodes = semaphore({ concurrency: 1, capacity: 10, maxQueue: 2 })
  const running = decodes.run(1, task('a'))
  const waiting = decodes.run(1, task('b'))
  await nextTurn()
  let closed = false
  const closing = decodes.close().then(() => {
    closed = true
  })
  await t.rejects(waiting, /overloaded/)
  await t.rejects(decodes.run(1, task('c')), /overloaded/)
  t.equal(closed, false)
  await end('a')
  await closing
  t.equal(await running, 'a')
})

t.test('grants at once, or in order of arrival to those who wait', async (t) => {
  const memory = new Semaphore({ capacity: 100, overloaded: () => new Error('overloaded') })
  const first = memory.tryAcquire(70)
  t.ok(first)
  t.equal(memory.tryAcquire(40), null)
  const order: string[] = []
  const acquire = async (name: string, weight: number) => {
    const permit = await memory.acquire(weight)
    order.push(name)
    return permit
  }
  const waiting = [acquire('second', 60), acquire('third', 10)]
  t.equal(memory.tryAcquire(5), null, 'nobody overtakes those who wait')
  const gone = new AbortController()
  const left = memory.acquire(10, gone.signal)
  gone.abort(new Error('gone'))
  await t.rejects(left, /gone/)
  first?.[Symbol.dispose]()
  first?.[Symbol.dispose]()
  for (const permit of await Promise.all(waiting)) permit[Symbol.dispose]()
  t.same(order, ['second', 'third'])
  t.ok(memory.tryAcquire(1_000_000), 'more than the capacity counts as all of it, so it is not refused for ever')
  t.equal(memory.tryAcquire(1), null)
})
