import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { ProblemError } from '../../web/src/api/problem.ts'
import type { Analysis } from '../../web/src/api/types.ts'
import type { Upload } from '../../web/src/api/upload.ts'
import { addFinish, secondsLeft } from '../../web/src/features/inspect/queue/eta.ts'
import type { QueueItem } from '../../web/src/features/inspect/queue/item.ts'
import { limitConcurrency } from '../../web/src/features/inspect/queue/limit-concurrency.ts'
import { needsWriting } from '../../web/src/features/inspect/queue/persistence.ts'
import { type QueueEvent, reduce } from '../../web/src/features/inspect/queue/reducer.ts'
import { retryDelay } from '../../web/src/features/inspect/queue/retry-delay.ts'
import { createScheduler, nextUploads } from '../../web/src/features/inspect/queue/scheduler.ts'
import { EMPTY, type QueueState } from '../../web/src/features/inspect/queue/state.ts'
import { createQueueState } from '../../web/src/features/inspect/queue/state-holder.ts'

const file = new File(['photo'], 'a.jpg')
const now = 1_000_000

const itemOf = (
  id: string,
  state: QueueItem['state'] = { is: 'queued' },
  more: Partial<QueueItem> = {},
): QueueItem => ({
  id,
  addedAt: now,
  file,
  fields: { product_sku: 'WK-KN-200', facility: 'yangjiang' },
  idempotencyKey: `key of ${id}`,
  attempts: 0,
  opens: false,
  stored: true,
  state,
  ...more,
})
const analysisOf = (verdict: Analysis['verdict']) => ({ verdict }) as Analysis
const withItems = (...items: QueueItem[]): QueueState => ({ ...EMPTY, items })
const apply = (state: QueueState, ...events: QueueEvent[]): QueueState => events.reduce(reduce, state)
const statesOf = ({ items }: QueueState) => items.map(({ id, state }) => `${id} ${state.is}`)
const busy = new ProblemError(429, 'Too many', { retryAfter: 30 })

t.test('prepared photos are queued, held for advice, or refused', async (t) => {
  const preparing = { is: 'preparing' } as const
  const prepared = (id: string): QueueEvent => ({ type: 'prepared', id, checked: { file }, stored: true, now })
  const single = apply(withItems(itemOf('a', preparing, { opens: true })), prepared('a'))
  t.same(statesOf(single), ['a preparing'], 'a single photo waits for the advice')
  t.same(statesOf(apply(single, { type: 'advised', id: 'a', advice: ['blurred'] as never })), ['a held'])
  t.same(statesOf(apply(single, { type: 'advised', id: 'a', advice: [] })), ['a queued'])

  const batch = apply(withItems(itemOf('a', preparing), itemOf('b', preparing)), prepared('a'))
  t.same(statesOf(batch), ['a queued', 'b preparing'], 'one of several does not')
  const refused = apply(batch, { ...prepared('b'), checked: { file, refusal: { rule: 'empty' } } } as QueueEvent)
  t.same(statesOf(refused), ['a queued', 'b refused'])
  const elsewhere = apply({ ...batch, elsewhere: true }, prepared('b'))
  t.same(statesOf(elsewhere), ['a queued'], 'a stored photo belongs to the tab with the lock')
})

t.test('when all photos are done, the first NG opens unless another result is open', async (t) => {
  const done = (id: string, verdict: Analysis['verdict']): QueueEvent => ({
    type: 'succeeded',
    id,
    analysis: analysisOf(verdict),
    now,
  })
  const two = withItems(itemOf('a'), itemOf('b'))
  t.equal(apply(two, done('b', 'ng')).selected, null, 'not before the last has finished')
  t.equal(apply(two, done('b', 'ng'), done('a', 'ok')).selected, 'b')
  t.equal(apply({ ...two, selected: 'x' }, done('b', 'ng'), done('a', 'ok')).selected, 'x')
  const three = withItems(...two.items, itemOf('c'))
  const rest: QueueEvent = { type: 'cancelled', ids: ['c'] }
  t.equal(apply(three, done('b', 'ng'), done('a', 'ok'), rest).selected, 'b', 'the rest may be cancelled')
  t.equal(apply(withItems(itemOf('a')), done('a', 'ng')).selected, null, 'a single photo opens only if it was added so')
})

t.test('a limit of the service pauses all photos, and one goes first afterwards', async (t) => {
  const uploading = { is: 'uploading', share: 0 } as const
  const postponed = { type: 'postponed', id: 'a', problem: busy, until: now + 30_000 } as const
  const paused = apply(withItems(itemOf('a', uploading), itemOf('b')), postponed)
  t.same(statesOf(paused), ['a waiting', 'b queued'])
  t.same(nextUploads(paused, new Set()), [])
  t.equal(
    apply(paused, { ...postponed, until: now + 1000 }).pause?.until,
    now + 30_000,
    'a shorter pause changes nothing',
  )
  const over = apply(paused, { type: 'pause-ended' })
  t.same(statesOf(over), ['a queued', 'b queued'])
  t.same(
    nextUploads(over, new Set()).map(({ id }) => id),
    ['a'],
  )
  const answered = apply(over, { type: 'succeeded', id: 'a', analysis: analysisOf('ok'), now })
  t.equal(answered.probing, false)
  const conflict = new ProblemError(409, 'Still running', { retryAfter: 1 })
  const alone = apply(withItems(itemOf('a', uploading), itemOf('b')), { ...postponed, problem: conflict })
  t.equal(alone.pause, null, 'a conflict with its own first request holds up no other photo')
})

t.test('a late failure does not overwrite a cancellation', async (t) => {
  const state = apply(
    withItems(itemOf('a', { is: 'cancelled' })),
    { type: 'resumed', id: 'a' },
    { type: 'postponed', id: 'a', problem: new ProblemError(409, ''), until: now },
  )
  t.same(statesOf(state), ['a cancelled'])
})

t.test('losing the lock leaves only what could not be stored', async (t) => {
  const state = apply(
    { ...withItems(itemOf('a'), itemOf('b', undefined, { stored: false })), selected: 'a' },
    { type: 'lock-lost' },
  )
  t.same(statesOf(state), ['b queued'])
  t.equal(state.selected, null)
  const back = apply(
    state,
    { type: 'lock-acquired' },
    { type: 'loaded', items: [itemOf('a', undefined, { addedAt: 1 }), itemOf('b')] },
  )
  t.same(statesOf(back), ['a queued', 'b queued'], 'stored photos come back in order, and none twice')
})

t.test('three photos are uploaded at a time', async (t) => {
  const state = withItems(...['a', 'b', 'c', 'd', 'e'].map((id) => itemOf(id)))
  t.same(
    nextUploads(state, new Set()).map(({ id }) => id),
    ['a', 'b', 'c'],
  )
  t.same(
    nextUploads(state, new Set(['a', 'b'])).map(({ id }) => id),
    ['c'],
  )
  t.same(nextUploads(state, new Set(['a', 'b', 'c'])), [])
})

t.test('an attempt is repeated as long as that can help', async (t) => {
  const up = async () => true
  const down = async () => false
  const lost = new ProblemError(0, '')
  t.equal(await retryDelay(busy, 100, up), 30, 'a limit is waited for as long as it lasts')
  t.equal(await retryDelay(lost, 0, up), 2)
  t.equal(await retryDelay(lost, 2, up), 8)
  t.equal(await retryDelay(lost, 5, up), null, 'the service answers others: the photo has failed')
  t.equal(await retryDelay(lost, 50, down), 32, 'an outage is not its fault')
  t.equal(await retryDelay(new ProblemError(503, '', { kind: 'overloaded', retryAfter: 4 }), 1, up), 4)
  t.equal(await retryDelay(new ProblemError(503, '', { kind: 'overloaded', retryAfter: 4 }), 5, up), null)
  t.equal(await retryDelay(new ProblemError(422, ''), 0, up), null)
})

t.test('the estimate follows the last photos', async (t) => {
  const times = [0, 1000, 2000].reduce<number[]>(addFinish, [])
  t.equal(secondsLeft(times, 10), null, 'three are too few')
  t.equal(secondsLeft(addFinish(times, 3000), 10), 10)
  const many = Array.from({ length: 60 }, (_, i) => i * 500).reduce<number[]>(addFinish, [])
  t.equal(many.length, 20)
  t.equal(secondsLeft(many, 10), 5)
  t.equal(secondsLeft(many, 0), null)
})

t.test('only what outlives the tab is written', async (t) => {
  const item = itemOf('a')
  t.notOk(needsWriting(undefined, item), 'it comes from the store')
  t.notOk(needsWriting(item, { ...item, state: { is: 'uploading', share: 0.5 } }))
  t.ok(needsWriting(item, { ...item, state: { is: 'cancelled' } }))
  t.ok(needsWriting({ ...item, state: { is: 'cancelled' } }, item))
  t.ok(needsWriting(item, { ...item, idempotencyKey: 'new' }))
  t.notOk(needsWriting(item, { ...item, stored: false, state: { is: 'cancelled' } }))
})

t.test('tasks over the limit wait for their turn', async (t) => {
  const limit = limitConcurrency(2)
  let running = 0
  let most = 0
  const task = async () => {
    most = Math.max(most, ++running)
    await sleep(1)
    running--
  }
  await Promise.all([
    ...Array.from({ length: 6 }, () => limit(task)),
    t.rejects(limit(() => Promise.reject(new Error('failed')))),
  ])
  t.equal(most, 2)
})

interface Ending {
  resolve: (analysis: Analysis) => void
  reject: (error: Error) => void
}

/** A scheduler whose uploads end when the test says so. */
function scheduled(...items: QueueItem[]) {
  const queue = createQueueState()
  const uploads = new Map<string, { upload: Upload; end: Ending }>()
  let online = true
  const scheduler = createScheduler(queue, {
    send: (upload) => {
      return new Promise((resolve, reject) => {
        uploads.set(upload.idempotencyKey.replace('key of ', ''), { upload, end: { resolve, reject } })
      })
    },
    reachable: async () => true,
    mayRun: () => online,
  })
  queue.dispatch({ type: 'added', items })
  return {
    queue,
    uploads,
    states: () => statesOf(queue.getState()),
    setOnline(value: boolean): void {
      online = value
      scheduler.wake()
    },
  }
}
const settled = () => sleep(5)

t.test('a finished upload makes room for the next, and a cancelled one is aborted', async (t) => {
  const { queue, uploads, states } = scheduled(...['a', 'b', 'c', 'd', 'e'].map((id) => itemOf(id)))
  t.same([...uploads.keys()], ['a', 'b', 'c'])
  uploads.get('a')?.upload.onSent(1)
  uploads.get('a')?.end.resolve(analysisOf('ok'))
  await settled()
  t.same([...uploads.keys()], ['a', 'b', 'c', 'd'])
  queue.dispatch({ type: 'cancelled', ids: ['b'] })
  t.ok(uploads.get('b')?.upload.signal.aborted)
  uploads.get('b')?.end.reject(new DOMException('Cancelled', 'AbortError'))
  await settled()
  t.same(states(), ['a done', 'b cancelled', 'c uploading', 'd uploading', 'e uploading'])
})

t.test('without a network photos wait, and are sent again under the same key', async (t) => {
  const { uploads, states, setOnline } = scheduled(itemOf('a'), itemOf('b'))
  setOnline(false)
  uploads.get('a')?.end.reject(new ProblemError(0, 'gone'))
  await settled()
  t.same(states(), ['a queued', 'b uploading'])
  const first = uploads.get('a')
  setOnline(true)
  t.not(uploads.get('a'), first)
  t.equal(uploads.get('a')?.upload.idempotencyKey, 'key of a')
})

t.test('a session that ended counts as no failed attempt', async (t) => {
  const { queue, uploads, states, setOnline } = scheduled(itemOf('a'))
  setOnline(false)
  uploads.get('a')?.end.reject(new ProblemError(401, 'Sign in'))
  await settled()
  t.same(states(), ['a queued'])
  t.equal(queue.find('a')?.attempts, 0)
})

t.test('a photo that the service refuses has failed, and the others go on', async (t) => {
  const { uploads, states } = scheduled(...['a', 'b', 'c', 'd'].map((id) => itemOf(id)))
  uploads.get('a')?.end.reject(new ProblemError(422, 'No photo'))
  await settled()
  t.same(states(), ['a failed', 'b uploading', 'c uploading', 'd uploading'])
})
