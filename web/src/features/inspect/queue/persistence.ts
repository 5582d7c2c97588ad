import { isFinished, type QueueItem } from './item.ts'
import type { PhotoStore } from './photo-store.ts'
import type { QueueStateHolder } from './state-holder.ts'

/** Whether a stored item has changed in what the store holds of it: an upload in progress is stored as queued. */
export function needsWriting(before: QueueItem | undefined, after: QueueItem): boolean {
  if (!before || before === after || !after.stored) return false
  return (
    !before.stored ||
    before.fields !== after.fields ||
    before.idempotencyKey !== after.idempotencyKey ||
    before.opens !== after.opens ||
    (before.state !== after.state && (isFinished(before) || isFinished(after)))
  )
}

/** Keeps the store up to date with the queue. What cannot be written stays in memory, and the state says so. */
export function createPersistence(queue: QueueStateHolder, opened: Promise<PhotoStore | null>) {
  const onError = (error: unknown) =>
    queue.dispatch({
      type: 'storage-failed',
      problem: error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'unavailable',
    })

  queue.subscribe(({ items }, previous) => {
    if (items === previous.items) return
    const before = new Map(previous.items.map((item) => [item.id, item]))
    const changed = items.filter((item) => needsWriting(before.get(item.id), item))
    // Started together, so that a later write cannot overtake an earlier one.
    if (changed.length > 0) void opened.then((store) => changed.map((item) => store?.update(item).catch(onError)))
  })

  return {
    /** Stores a photo; the file is the stored copy, or the given one if it cannot be stored. */
    async add(item: QueueItem): Promise<Pick<QueueItem, 'file' | 'stored'>> {
      const store = await opened
      try {
        if (store) return { file: await store.add(item), stored: true }
        queue.dispatch({ type: 'storage-failed', problem: 'unavailable' })
      } catch (error) {
        onError(error)
      }
      return { file: item.file, stored: false }
    },
    async remove(ids: readonly string[]): Promise<void> {
      const store = await opened
      if (ids.length > 0) await store?.remove(ids).catch(onError)
    },
    async load(): Promise<QueueItem[]> {
      const store = await opened
      try {
        return (await store?.load()) ?? []
      } catch (error) {
        onError(error)
        return []
      }
    },
  }
}
