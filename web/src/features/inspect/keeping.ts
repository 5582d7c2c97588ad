import type { KeptPhotos } from './kept-photos.ts'
import type { QueueItem } from './queue-item.ts'
import type { QueueState } from './queue-state.ts'

/** Writes the queue's photos as they come and go. What cannot be written stays in memory, and the screen says so. */
export function createKeeping(state: QueueState, opened: Promise<KeptPhotos | null>) {
  const giveUp = (error: unknown) =>
    state.change({
      unkept: error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'unavailable',
    })

  return {
    /** Keeps a photo with its file. Returns what has changed of it: nothing where it cannot be kept. */
    async add(item: QueueItem): Promise<Pick<QueueItem, 'file' | 'kept'>> {
      const photos = await opened
      try {
        if (photos) return { file: await photos.add(item), kept: true }
        state.change({ unkept: 'unavailable' })
      } catch (error) {
        giveUp(error)
      }
      return { file: item.file, kept: false }
    },
    /** Writes what has changed of photos that are kept. */
    async update(items: readonly QueueItem[]): Promise<void> {
      const photos = await opened
      // All at once: what is written later must not be overtaken.
      await Promise.all(items.filter(({ kept }) => kept).map((item) => photos?.update(item).catch(giveUp)))
    },
    async remove(items: readonly QueueItem[]): Promise<void> {
      const photos = await opened
      const ids = items.filter(({ kept }) => kept).map(({ id }) => id)
      if (ids.length > 0) await photos?.remove(ids).catch(giveUp)
    },
    /** All photos that are kept. */
    async load(): Promise<QueueItem[]> {
      const photos = await opened
      try {
        return (await photos?.load()) ?? []
      } catch (error) {
        giveUp(error)
        return []
      }
    },
  }
}
