import type { Language, PhotoFault, PhotoFields } from '../../../api/types.ts'
import type { CheckedFile, UploadRules } from '../check-file.ts'
import { canRetry, isFinished, isWaiting, type QueueItem } from './item.ts'
import { limitConcurrency } from './limit-concurrency.ts'
import { createPersistence } from './persistence.ts'
import type { PhotoStore } from './photo-store.ts'
import { createScheduler, type Uploads } from './scheduler.ts'
import { createQueueState } from './state-holder.ts'

/** Files that are checked and stored at a time. */
const PARALLEL_PREPARATIONS = 4
/** 32 hex digits; randomUUID() does not exist on a page without TLS. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

export interface QueueParts extends Uploads {
  /** Converts a file to what the service takes, or says why it cannot. */
  check: (file: File, rules: UploadRules) => Promise<CheckedFile>
  /** Measures a photo: why it may not be judged. */
  advise: (file: File, fields: PhotoFields) => Promise<PhotoFault['code'][]>
  /** Where photos survive a reload; null if they do not. */
  photoStore: Promise<PhotoStore | null>
  /** Photos were stored for the tab that runs the queue. */
  onHandedOver: () => void
}

/**
 * Photos on their way to a verdict. Lives outside of React, so that changing the screen does not interrupt it, and is stored by the
 * browser, so that a reload does not either.
 */
export function createPhotoQueue({ check, advise, photoStore, onHandedOver, ...uploads }: QueueParts) {
  const queue = createQueueState()
  const { dispatch, find, getState } = queue
  const persistence = createPersistence(queue, photoStore)
  const scheduler = createScheduler(queue, uploads)
  const limit = limitConcurrency(PARALLEL_PREPARATIONS)
  const idsOf = (which: (item: QueueItem) => boolean): string[] =>
    getState()
      .items.filter(which)
      .map(({ id }) => id)

  async function prepare({ id, file, fields }: QueueItem, rules: UploadRules): Promise<void> {
    const checked = await check(file, rules)
    const item = find(id)
    // Removed meanwhile.
    if (!item) return
    const { refusal, ...converted } = checked
    const state: QueueItem['state'] = refusal ? { is: 'refused', reason: refusal } : { is: 'queued' }
    const written = await persistence.add({ ...item, ...converted, state: isFinished(item) ? item.state : state })
    // Removed while it was written.
    if (!find(id)) return persistence.remove(written.stored ? [id] : [])
    dispatch({
      type: 'prepared',
      id,
      checked: { ...checked, file: written.file },
      stored: written.stored,
      now: Date.now(),
    })
    if (refusal || !find(id) || item.state.is !== 'preparing') return
    const advised = advise(written.file, fields).then((advice) => dispatch({ type: 'advised', id, advice }))
    // A single photo is sent only if nothing speaks against it.
    if (item.opens) await advised
  }

  async function load(): Promise<void> {
    dispatch({ type: 'loaded', items: await persistence.load() })
    scheduler.wake()
  }

  function remove(which: (item: QueueItem) => boolean): void {
    const stored = idsOf((item) => item.stored && which(item))
    dispatch({ type: 'removed', ids: idsOf(which) })
    void persistence.remove(stored)
  }

  const requeue = (which: (item: QueueItem) => boolean) => dispatch({ type: 'requeued', ids: idsOf(which) })

  return {
    getState,
    subscribe: queue.subscribe,
    /** Adds photos. Those that the service would refuse are never sent. */
    async add(files: readonly File[], fields: PhotoFields, rules: UploadRules): Promise<void> {
      const now = Date.now()
      const items = files.map((file, index): QueueItem => {
        const one = { id: newKey(), addedAt: now + index / files.length, file, fields, idempotencyKey: newKey() }
        return { ...one, attempts: 0, opens: files.length === 1, stored: false, state: { is: 'preparing' } }
      })
      dispatch({ type: 'added', items })
      await Promise.all(items.map((item) => limit(() => prepare(item, rules))))
      if (getState().elsewhere) onHandedOver()
    },
    onLockAcquired(): void {
      dispatch({ type: 'lock-acquired' })
      void load()
    },
    onLockLost: () => dispatch({ type: 'lock-lost' }),
    /** Another tab has stored photos. */
    onPhotosStored: () => (getState().elsewhere ? undefined : void load()),
    cancel: (id: string) => dispatch({ type: 'cancelled', ids: [id] }),
    cancelAll: () => dispatch({ type: 'cancelled', ids: idsOf(() => true) }),
    /** Sends a photo that was held back because it probably cannot be judged. */
    sendAnyway: (id: string) => requeue((item) => item.id === id && item.state.is === 'held'),
    retry: (id: string) => requeue((item) => item.id === id),
    retryAll: (which: 'failed' | 'cancelled') => requeue((item) => item.state.is === which && canRetry(item)),
    /** Asks for a new verdict on the same photo. */
    reanalyze(id: string, language: Language): void {
      const fields = find(id)?.fields
      if (!fields) return
      const change = { fields: { ...fields, language, reanalyze: true }, opens: true, idempotencyKey: newKey() }
      dispatch({ type: 'requeued', ids: [id], change })
    },
    /** Changes the fields of all photos that are not sent yet. Other fields make it another request. */
    changeWaiting(fields: PhotoFields): void {
      const changes = getState()
        .items.filter(isWaiting)
        .map(({ id, fields: { reanalyze, test_shot } }) => {
          return [id, { fields: { ...fields, reanalyze, test_shot }, idempotencyKey: newKey() }] as const
        })
      dispatch({ type: 'fields-changed', changes: new Map(changes) })
    },
    remove: (id: string) => remove((item) => item.id === id),
    clearFinished: () => remove(isFinished),
    select: (id: string) => dispatch({ type: 'selected', id }),
    /** Ends a pause that the service asked for. */
    tryNow: () => dispatch({ type: 'pause-ended' }),
    wake: scheduler.wake,
    /** Whether closing the tab would lose photos. */
    wouldLose: () => getState().items.some((item) => !isFinished(item) && !item.stored),
  }
}
