import { type DBSchema, openDB } from 'idb'
import { ProblemError } from '../../api/problem.ts'
import { type ItemState, isFinished, type QueueItem } from './queue-item.ts'

/** What a ProblemError says: an Error loses it when it is stored. */
type KeptProblem = Pick<ProblemError, 'status' | 'kind' | 'detail' | 'errors' | 'retryAfter' | 'requestId'>
/** Finished, or to be sent: how far it had come does not outlive the tab. */
type KeptState =
  | Extract<ItemState, { is: 'queued' | 'done' | 'refused' | 'cancelled' }>
  | { is: 'failed'; problem: KeptProblem }

interface KeptItem extends Pick<QueueItem, 'id' | 'addedAt' | 'fitted' | 'fields' | 'idempotencyKey' | 'opens'> {
  state: KeptState
}

interface Schema extends DBSchema {
  items: { key: string; value: KeptItem }
  /** Apart from the items, so that a new state does not write the photo once more. */
  files: { key: string; value: File }
}

/** Photos of this browser on their way. All methods throw what IndexedDB throws, QuotaExceededError where it is full. */
export interface KeptPhotos {
  /** All, oldest first. */
  load(): Promise<QueueItem[]>
  /** Returns the copy that is kept: the original may lie on a memory card that is pulled out. */
  add(item: QueueItem): Promise<File>
  /** Writes all but the file. */
  update(item: QueueItem): Promise<void>
  remove(ids: readonly string[]): Promise<void>
}

/** A finished photo that nobody has cleared is kept for so long. */
const FINISHED_FOR_MS = 24 * 3_600_000

function keptState(state: ItemState): KeptState {
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

const keptItem = ({ id, addedAt, fitted, fields, idempotencyKey, opens, state }: QueueItem): KeptItem => ({
  id,
  addedAt,
  ...(fitted && { fitted }),
  fields,
  idempotencyKey,
  opens,
  state: keptState(state),
})

const itemOf = ({ state, ...kept }: KeptItem, file: File): QueueItem => ({
  ...kept,
  file,
  waits: 0,
  kept: true,
  state:
    state.is === 'failed'
      ? { is: 'failed', problem: new ProblemError(state.problem.status, state.problem.detail, state.problem) }
      : state,
})

/** The photos that this browser keeps; null where it keeps none (IndexedDB is missing, or private windows have none). */
export async function openKeptPhotos(): Promise<KeptPhotos | null> {
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
        const old = items.filter((item) => isFinished(item) && item.addedAt < Date.now() - FINISHED_FOR_MS)
        for (const { id } of old) fileOf.delete(id)
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
          tx.objectStore('items').put(keptItem(item)),
          tx.objectStore('files').put(item.file, item.id),
          tx.done,
        ])
        return (await db.get('files', item.id)) ?? item.file
      },
      async update(item) {
        await db.put('items', keptItem(item))
      },
    }
  } catch {
    return null
  }
}
