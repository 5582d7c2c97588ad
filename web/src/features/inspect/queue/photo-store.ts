import { type DBSchema, openDB } from 'idb'
import { ProblemError } from '../../../api/problem.ts'
import { type ItemState, isFinished, type QueueItem } from './item.ts'

/** The fields of a ProblemError: structured cloning drops them from an Error. */
type StoredProblem = Pick<ProblemError, 'status' | 'kind' | 'detail' | 'errors' | 'retryAfter' | 'requestId'>
/** Finished or to be sent: progress does not outlive the tab. */
export type StoredState =
  | Extract<ItemState, { is: 'queued' | 'done' | 'refused' | 'cancelled' }>
  | { is: 'failed'; problem: StoredProblem }

interface StoredItem extends Pick<QueueItem, 'id' | 'addedAt' | 'fitted' | 'fields' | 'idempotencyKey' | 'opens'> {
  state: StoredState
}

interface Schema extends DBSchema {
  items: { key: string; value: StoredItem }
  /** Separate from the items, so that a change of state does not write the photo again. */
  files: { key: string; value: File }
}

/** The photos of this browser's queue in IndexedDB. Methods throw what IndexedDB throws: QuotaExceededError if it is full. */
export interface PhotoStore {
  /** All items, oldest first. */
  load(): Promise<QueueItem[]>
  /** Returns the stored copy: the original may be on a memory card that is removed. */
  add(item: QueueItem): Promise<File>
  /** Writes everything but the file. */
  update(item: QueueItem): Promise<void>
  remove(ids: readonly string[]): Promise<void>
}

/** Finished photos that nobody has cleared are deleted after a day. */
const FINISHED_TTL_MS = 24 * 3_600_000

function storedState(state: ItemState): StoredState {
  switch (state.is) {
    case 'failed': {
      const { status, kind, detail, errors, retryAfter, requestId } = state.problem
      return { is: 'failed', problem: { status, kind, detail, errors, retryAfter, requestId } }
    }
    case 'done':
    case 'refused':
    case 'cancelled':
      return state
    default:
      return { is: 'queued' }
  }
}

const storedItem = ({ id, addedAt, fitted, fields, idempotencyKey, opens, state }: QueueItem): StoredItem => ({
  id,
  addedAt,
  ...(fitted && { fitted }),
  fields,
  idempotencyKey,
  opens,
  state: storedState(state),
})

const itemOf = ({ state, ...stored }: StoredItem, file: File): QueueItem => ({
  ...stored,
  file,
  attempts: 0,
  stored: true,
  state:
    state.is === 'failed'
      ? { is: 'failed', problem: new ProblemError(state.problem.status, state.problem.detail, state.problem) }
      : state,
})

/** Null if the browser has no usable IndexedDB, as in some private windows. */
export async function openPhotoStore(): Promise<PhotoStore | null> {
  try {
    const db = await openDB<Schema>('wiko.queue', 1, {
      upgrade(opened) {
        opened.createObjectStore('items', { keyPath: 'id' })
        opened.createObjectStore('files')
      },
    })
    const remove = async (ids: readonly string[]): Promise<void> => {
      const tx = db.transaction(['items', 'files'], 'readwrite')
      await Promise.all([
        ...ids.flatMap((id) => [tx.objectStore('items').delete(id), tx.objectStore('files').delete(id)]),
        tx.done,
      ])
    }
    return {
      remove,
      async load() {
        const tx = db.transaction(['items', 'files'])
        const [items, ids, files] = await Promise.all([
          tx.objectStore('items').getAll(),
          tx.objectStore('files').getAllKeys(),
          tx.objectStore('files').getAll(),
        ])
        const fileOf = new Map(ids.map((id, index) => [id, files[index]]))
        const expired = items.filter((item) => isFinished(item) && item.addedAt < Date.now() - FINISHED_TTL_MS)
        for (const { id } of expired) fileOf.delete(id)
        const gone = items.filter(({ id }) => !fileOf.has(id))
        if (gone.length > 0) await remove(gone.map(({ id }) => id))
        return items
          .flatMap((item) => {
            const file = fileOf.get(item.id)
            return file ? [itemOf(item, file)] : []
          })
          .sort((a, b) => a.addedAt - b.addedAt)
      },
      async add(item) {
        const tx = db.transaction(['items', 'files'], 'readwrite')
        await Promise.all([
          tx.objectStore('items').put(storedItem(item)),
          tx.objectStore('files').put(item.file, item.id),
          tx.done,
        ])
        return (await db.get('files', item.id)) ?? item.file
      },
      async update(item) {
        await db.put('items', storedItem(item))
      },
    }
  } catch {
    return null
  }
}
