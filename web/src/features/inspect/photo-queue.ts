import { type ProblemError, toProblem } from '../../api/problem.ts'
import type { Analysis, Language, PhotoFields } from '../../api/types.ts'
import type { Upload } from '../../api/upload.ts'
import { refusalOf, type UploadRules } from './check-file.ts'
import { canRetry, type ItemState, isFinished, isRunning, type QueueItem } from './queue-item.ts'
import { makeThumbnail } from './thumbnail.ts'

const PARALLEL = 3
/** After so many requests to wait a photo has failed. */
const MAX_WAITS = 5
/** Seconds before a photo whose answer was lost is sent again. */
const LOST_ANSWER_WAIT = 2
/** Answers after which the same request may be sent again: still running, too many, overloaded. */
const PASSING = [409, 429, 503]

/** 32 hex digits; randomUUID() is not there on a page without TLS. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Seconds to wait before the next attempt; null where there is to be none. */
function waitAfter({ status, retryAfter }: ProblemError): number | null {
  if (status === 0) return LOST_ANSWER_WAIT
  return PASSING.includes(status) ? retryAfter : null
}

export interface QueueSnapshot {
  items: readonly QueueItem[]
  /** The item whose result is shown. */
  selected: number | null
  /** Until then nothing new is sent. */
  pausedUntil: number | null
  /** The item that finished last. */
  lastFinished: number | null
}

export interface QueueParts {
  send: (upload: Upload) => Promise<Analysis>
  /** False while there is no network or no session: photos wait. */
  mayRun: () => boolean
}

/**
 * Photos on their way to a verdict, a few at a time. It lives outside the components, so that changing the screen stops
 * nothing; `subscribe` and `snapshot` are for useSyncExternalStore.
 */
export function createPhotoQueue({ send, mayRun }: QueueParts) {
  let snapshot: QueueSnapshot = { items: [], selected: null, pausedUntil: null, lastFinished: null }
  let nextId = 1
  const listeners = new Set<() => void>()
  const controllers = new Map<number, AbortController>()
  let preparing: Promise<void> = Promise.resolve()

  function change(part: Partial<QueueSnapshot>): void {
    snapshot = { ...snapshot, ...part }
    for (const listener of listeners) listener()
  }
  const find = (id: number) => snapshot.items.find((item) => item.id === id)
  const update = (id: number, part: Partial<QueueItem>) =>
    change({ items: snapshot.items.map((item) => (item.id === id ? { ...item, ...part } : item)) })
  const setState = (id: number, state: ItemState) => update(id, { state })

  function finish(id: number, state: ItemState): void {
    const item = find(id)
    if (!item) return
    setState(id, state)
    change({ lastFinished: id, ...(state.is === 'done' && item.opens ? { selected: id } : {}) })
  }

  async function prepare(id: number): Promise<void> {
    const item = find(id)
    if (item?.state.is !== 'preparing') return
    const thumbnail = await makeThumbnail(item.file)
    if (find(id)?.state.is !== 'preparing') {
      if (thumbnail) URL.revokeObjectURL(thumbnail)
      return
    }
    update(id, { thumbnail, state: { is: 'queued' } })
    pump()
  }

  /** The service asks to wait: the whole queue does, as the limit is one for all photos. */
  function wait(item: QueueItem, seconds: number): void {
    const until = Date.now() + seconds * 1000
    update(item.id, { state: { is: 'waiting', until }, waits: item.waits + 1 })
    if (until <= (snapshot.pausedUntil ?? 0)) return
    change({ pausedUntil: until })
    setTimeout(() => {
      if (snapshot.pausedUntil !== until) return
      change({
        pausedUntil: null,
        items: snapshot.items.map((each) =>
          each.state.is === 'waiting' ? { ...each, state: { is: 'queued' as const } } : each,
        ),
      })
      pump()
    }, seconds * 1000)
  }

  function failed(id: number, problem: ProblemError): void {
    const item = find(id)
    if (!item) return
    const seconds = waitAfter(problem)
    // Nobody is to blame: it goes out again after the next sign-in, or with the network.
    if (problem.status === 401 || (problem.status === 0 && !mayRun())) setState(id, { is: 'queued' })
    else if (seconds !== null && item.waits < MAX_WAITS) wait(item, seconds)
    else finish(id, { is: 'failed', problem })
  }

  async function run({ id, file, fields, idempotencyKey }: QueueItem): Promise<void> {
    const controller = new AbortController()
    controllers.set(id, controller)
    setState(id, { is: 'uploading', share: 0 })
    const onSent = (share: number) => {
      const state = find(id)?.state
      if (state?.is !== 'uploading') return
      if (share >= 1) setState(id, { is: 'analysing', since: Date.now() })
      else if (Math.floor(share * 100) > Math.floor(state.share * 100)) setState(id, { is: 'uploading', share })
    }
    try {
      finish(id, {
        is: 'done',
        analysis: await send({ file, fields, idempotencyKey, onSent, signal: controller.signal }),
      })
    } catch (error) {
      if (!controller.signal.aborted) failed(id, toProblem(error))
    } finally {
      controllers.delete(id)
      pump()
    }
  }

  function pump(): void {
    while (mayRun() && snapshot.pausedUntil === null && controllers.size < PARALLEL) {
      const next = snapshot.items.find(({ state }) => state.is === 'queued')
      if (!next) return
      void run(next)
    }
  }

  const forget = (items: readonly QueueItem[]) => {
    for (const { thumbnail } of items) if (thumbnail) URL.revokeObjectURL(thumbnail)
    const gone = new Set(items.map(({ id }) => id))
    const selected = snapshot.selected !== null && gone.has(snapshot.selected) ? null : snapshot.selected
    change({ items: snapshot.items.filter(({ id }) => !gone.has(id)), selected })
  }
  const requeue = (ids: readonly number[], part: Partial<QueueItem> = {}) => {
    const queued = { waits: 0, state: { is: 'queued' as const }, ...part }
    change({ items: snapshot.items.map((item) => (ids.includes(item.id) ? { ...item, ...queued } : item)) })
    pump()
  }

  return {
    snapshot: () => snapshot,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Puts photos into the queue. Those that the service would refuse are never sent. */
    async add(files: readonly File[], fields: PhotoFields, rules: UploadRules): Promise<void> {
      const added = files.map((file): QueueItem => {
        const state = { is: 'preparing' as const }
        const one = { id: nextId++, file, fields, idempotencyKey: newKey() }
        return { ...one, thumbnail: null, waits: 0, opens: files.length === 1, state }
      })
      change({ items: [...snapshot.items, ...added] })
      const check = async ({ id, file }: QueueItem) => {
        const reason = await refusalOf(file, rules)
        if (reason !== null) finish(id, { is: 'refused', reason })
      }
      await Promise.all(added.map(check))
      // One after the other: decoding many photos at once would freeze the page.
      preparing = added.reduce((before, { id }) => before.then(() => prepare(id)), preparing)
    },
    cancel(id: number): void {
      finish(id, { is: 'cancelled' })
      controllers.get(id)?.abort()
    },
    retry: (id: number) => requeue([id]),
    retryFailed: () => requeue(snapshot.items.filter(canRetry).map(({ id }) => id)),
    /** Asks for a new verdict on the same photo. */
    again(id: number, language: Language): void {
      const item = find(id)
      if (item)
        requeue([id], {
          opens: true,
          idempotencyKey: newKey(),
          fields: { ...item.fields, language, reanalyze: true },
        })
    },
    remove: (id: number) => forget(snapshot.items.filter((item) => item.id === id)),
    clearFinished: () => forget(snapshot.items.filter(isFinished)),
    select: (id: number) => change({ selected: id }),
    /** To be called when what mayRun() says may have changed. */
    wake: pump,
    isBusy: () => snapshot.items.some((item) => isRunning(item) || item.state.is === 'queued'),
  }
}
