import { type ProblemError, toProblem } from '../../api/problem.ts'
import type { Analysis, Language, PhotoFault, PhotoFields } from '../../api/types.ts'
import type { Upload } from '../../api/upload.ts'
import type { CheckedFile, UploadRules } from './check-file.ts'
import { createKeeping } from './keeping.ts'
import type { KeptPhotos } from './kept-photos.ts'
import { lanes } from './lanes.ts'
import { createPace } from './pace.ts'
import { createPause } from './pause.ts'
import { canRetry, type ItemState, isFinished, isNg, isWaiting, type QueueItem } from './queue-item.ts'
import { createQueueState } from './queue-state.ts'
import { waitAfter } from './retries.ts'

/** Photos that are sent at a time. */
const PARALLEL = 3
/** Files that are looked at and written down at a time. */
const PREPARED_AT_ONCE = 4
/** 32 hex digits; randomUUID() is not there on a page without TLS. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

export interface QueueParts {
  /** Makes of a file what the service takes, or says why it cannot. */
  check: (file: File, rules: UploadRules) => Promise<CheckedFile>
  send: (upload: Upload) => Promise<Analysis>
  /** What speaks against judging a photo. */
  advise: (file: File, fields: PhotoFields) => Promise<PhotoFault['code'][]>
  /** Whether the service answers at all. */
  reachable: () => Promise<boolean>
  /** False while there is no network or no session: photos wait. */
  mayRun: () => boolean
  /** Where photos are kept over a reload; null where they are not. */
  kept: Promise<KeptPhotos | null>
  /** Photos were kept that another tab is to send. */
  onHandedOver: () => void
}

/**
 * Photos on their way to a verdict, a few at a time. It lives outside the components, so that changing the screen stops
 * nothing, and is kept by the browser, so that a reload does not either.
 */
export function createPhotoQueue({ check, send, advise, reachable, mayRun, kept, onHandedOver }: QueueParts) {
  const state = createQueueState()
  const { snapshot, change, find } = state
  const keeping = createKeeping(state, kept)
  const pace = createPace()
  const prepareInTurn = lanes(PREPARED_AT_ONCE)
  const controllers = new Map<string, AbortController>()
  /** After a pause one photo goes first: if it is refused as well, it is the only one. */
  let careful = false
  const pause = createPause(state, () => {
    careful = true
    pump()
  })

  const update = (which: (item: QueueItem) => boolean, part: (item: QueueItem) => Partial<QueueItem>) => {
    const changed = state.update(which, part)
    void keeping.update(changed)
    return changed
  }
  const setState = (id: string, next: ItemState): void => {
    state.update(
      (item) => item.id === id,
      () => ({ state: next }),
    )
  }
  const openItems = () => snapshot().items.filter((item) => !isFinished(item))

  /** What has finished since there was last nothing to do. */
  const batch = new Set<string>()

  /** All is done: the first NG opens, unless somebody is looking at another result. */
  function endBatch(): void {
    const bad = batch.size > 1 ? snapshot().items.find((item) => batch.has(item.id) && isNg(item)) : undefined
    batch.clear()
    if (bad && snapshot().selected === null) change({ selected: bad.id })
  }

  function finish(id: string, next: ItemState): void {
    const [item] = update(
      (each) => each.id === id,
      () => ({ state: next }),
    )
    if (!item) return
    const opens = next.is === 'done' && item.opens
    const secondsLeft = next.is === 'refused' ? snapshot().secondsLeft : pace.finish(openItems().length)
    change({ lastFinished: id, secondsLeft, ...(opens ? { selected: id } : {}) })
    batch.add(id)
    if (openItems().length === 0) endBatch()
  }

  /** Measures a photo, and says what speaks against judging it. */
  async function advised({ id, file, fields }: QueueItem): Promise<readonly PhotoFault['code'][]> {
    const advice = await advise(file, fields)
    state.update(
      (item) => item.id === id,
      () => ({ advice }),
    )
    return advice
  }

  /** Who has taken one photo is still there to take another; among many, none holds up the rest. */
  async function holdOrQueue(item: QueueItem): Promise<void> {
    const advice = await advised(item)
    if (find(item.id)?.state.is !== 'preparing') return
    setState(item.id, { is: advice.length > 0 ? 'held' : 'queued' })
    pump()
  }

  async function prepare({ id, file }: QueueItem, rules: UploadRules): Promise<void> {
    const checked = await check(file, rules)
    const looked = find(id)
    if (!looked) return
    const { refusal: reason = null, ...made } = checked
    const next: ItemState = reason === null ? { is: 'queued' } : { is: 'refused', reason }
    const kept = await keeping.add({ ...looked, ...made, state: isFinished(looked) ? looked.state : next })
    const written = { ...made, ...kept }
    const item = find(id)
    // Removed while it was written.
    if (!item) return keeping.remove([{ ...looked, ...written }])
    if (written.kept && snapshot().elsewhere) {
      state.drop((each) => each.id === id)
      return
    }
    update(
      (each) => each.id === id,
      () => written,
    )
    if (item.state.is !== 'preparing') return
    if (reason !== null) finish(id, next)
    else if (item.opens) await holdOrQueue(item)
    else {
      setState(id, next)
      void advised(item)
    }
    pump()
  }

  function wait(item: QueueItem, problem: ProblemError, seconds: number): void {
    const until = Date.now() + seconds * 1000
    state.update(
      ({ id }) => id === item.id,
      ({ waits }) => ({ state: { is: 'waiting', until }, waits: waits + 1 }),
    )
    if (problem.status !== 409) pause.begin(problem, seconds)
    // Its own first request still runs: that is no matter of the others.
    else setTimeout(() => goOn(item.id), seconds * 1000)
  }

  function goOn(id: string): void {
    if (find(id)?.state.is === 'waiting') setState(id, { is: 'queued' })
    pump()
  }

  /** What a photo does after it was sent in vain. */
  async function failed(id: string, problem: ProblemError): Promise<void> {
    const item = find(id)
    if (!item) return
    // Nobody is to blame: it goes out again after the next sign-in, or with the network.
    if (problem.status === 401 || (problem.status === 0 && !mayRun())) return setState(id, { is: 'queued' })
    const seconds = await waitAfter(problem, item.waits, reachable)
    if (seconds === null) finish(id, { is: 'failed', problem })
    else wait(item, problem, seconds)
  }

  async function run({ id, file, fields, idempotencyKey }: QueueItem): Promise<void> {
    const controller = new AbortController()
    controllers.set(id, controller)
    setState(id, { is: 'uploading', share: 0 })
    const onSent = (share: number) => {
      const now = find(id)?.state
      if (now?.is !== 'uploading') return
      if (share >= 1) setState(id, { is: 'analysing', since: Date.now() })
      else if (Math.floor(share * 100) > Math.floor(now.share * 100)) setState(id, { is: 'uploading', share })
    }
    try {
      finish(id, {
        is: 'done',
        analysis: await send({ file, fields, idempotencyKey, onSent, signal: controller.signal }),
      })
      careful = false
    } catch (error) {
      if (!controller.signal.aborted) await failed(id, toProblem(error))
    } finally {
      controllers.delete(id)
      pump()
    }
  }

  function pump(): void {
    while (mayRun() && snapshot().pause === null && controllers.size < (careful ? 1 : PARALLEL)) {
      const next = snapshot().items.find((item) => item.state.is === 'queued' && !controllers.has(item.id))
      if (!next) return
      void run(next)
    }
  }

  function cancel(which: (item: QueueItem) => boolean): void {
    const cancelled = update(
      (item) => !isFinished(item) && which(item),
      () => ({ state: { is: 'cancelled' } }),
    )
    change({ secondsLeft: null })
    for (const { id } of cancelled) controllers.get(id)?.abort()
    if (openItems().length === 0) endBatch()
  }
  function requeue(which: (item: QueueItem) => boolean, part: Partial<QueueItem> = {}): void {
    update(which, () => ({ waits: 0, state: { is: 'queued' }, ...part }))
    pump()
  }
  const forget = (which: (item: QueueItem) => boolean) => void keeping.remove(state.drop(which))

  /** Takes in what is kept and not here yet. */
  async function load(): Promise<void> {
    const loaded = await keeping.load()
    const missing = loaded.filter(({ id }) => !find(id))
    if (missing.length === 0) return pump()
    const items = [...snapshot().items, ...missing].sort((a, b) => a.addedAt - b.addedAt)
    const shown = missing.findLast((item) => item.state.is === 'done' && item.opens)
    change({ items, selected: snapshot().selected ?? shown?.id ?? null })
    pump()
  }

  return {
    snapshot,
    subscribe: state.subscribe,
    /** Puts photos into the queue. Those that the service would refuse are never sent. */
    async add(files: readonly File[], fields: PhotoFields, rules: UploadRules): Promise<void> {
      const now = Date.now()
      const added = files.map((file, index): QueueItem => {
        const one = { id: newKey(), addedAt: now + index / files.length, file, fields, idempotencyKey: newKey() }
        return { ...one, waits: 0, opens: files.length === 1, kept: false, state: { is: 'preparing' } }
      })
      change({ items: [...snapshot().items, ...added] })
      await Promise.all(added.map((item) => prepareInTurn(() => prepare(item, rules))))
      if (snapshot().elsewhere) onHandedOver()
    },
    /** This tab is the one that sends. */
    own(): void {
      change({ elsewhere: false })
      void load()
    },
    /** Another tab sends: only what could not be handed to it stays here. */
    yield(): void {
      for (const item of snapshot().items) if (item.kept) controllers.get(item.id)?.abort()
      change({ elsewhere: true, pause: null, secondsLeft: null })
      state.drop(({ kept: isKept }) => isKept)
    },
    /** Photos were added elsewhere. */
    look: () => (snapshot().elsewhere ? undefined : void load()),
    cancel: (id: string) => cancel((item) => item.id === id),
    cancelAll: () => cancel(() => true),
    /** Sends a photo although it will probably not be judged. */
    sendAnyway: (id: string) => requeue((item) => item.id === id && item.state.is === 'held'),
    retry: (id: string) => requeue((item) => item.id === id),
    /** Sends all again that have failed and may succeed, or that were cancelled. */
    retryAll: (which: 'failed' | 'cancelled') => requeue((item) => item.state.is === which && canRetry(item)),
    /** Asks for a new verdict on the same photo. */
    again(id: string, language: Language): void {
      const fields = find(id)?.fields
      const part = { opens: true, idempotencyKey: newKey() }
      if (fields) requeue((item) => item.id === id, { ...part, fields: { ...fields, language, reanalyze: true } })
    },
    /** Gives other fields to all photos that are not on their way yet. A request with other fields is another one. */
    changeWaiting(fields: PhotoFields): void {
      update(isWaiting, ({ fields: { reanalyze, test_shot } }) => ({
        fields: { ...fields, reanalyze, test_shot },
        idempotencyKey: newKey(),
      }))
    },
    remove: (id: string) => forget((item) => item.id === id),
    clearFinished: () => forget(isFinished),
    select: (id: string) => change({ selected: id }),
    /** Does not wait any longer for a service that asked for it. */
    tryNow: pause.end,
    /** To be called when what mayRun() says may have changed, or the clock may have run on unseen. */
    wake(): void {
      pause.endIfOver()
      pump()
    },
    /** Whether closing the tab would lose photos. */
    wouldLose: () => openItems().some(({ kept: isKept }) => !isKept),
  }
}
