import { useSyncExternalStore } from 'react'
import { session } from '../../api/session.ts'
import { analyzePhoto } from '../../api/upload.ts'
import { createPhotoQueue, type QueueSnapshot } from './photo-queue.ts'

/** The queue of this tab. */
export const photoQueue = createPhotoQueue({
  send: analyzePhoto,
  mayRun: () => navigator.onLine && session.get() !== null,
})

session.subscribe(photoQueue.wake)
window.addEventListener('online', photoQueue.wake)
window.addEventListener('beforeunload', (event) => {
  if (photoQueue.isBusy()) event.preventDefault()
})

export const useQueue = (): QueueSnapshot => useSyncExternalStore(photoQueue.subscribe, photoQueue.snapshot)
