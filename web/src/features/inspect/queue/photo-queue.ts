import { useSyncExternalStore } from 'react'
import { API_ORIGIN } from '../../../api/origin.ts'
import { session } from '../../../api/session.ts'
import { analyzePhoto } from '../../../api/upload.ts'
import { checkFile } from '../check-file.ts'
import { adviceOn } from '../photo-advice.ts'
import { createPhotoQueue } from './create-photo-queue.ts'
import { openPhotoStore } from './photo-store.ts'
import type { QueueState } from './state.ts'
import { createTabLock } from './tab-lock.ts'

const reachable = (): Promise<boolean> =>
  fetch(`${API_ORIGIN}/health`, { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )

/** The queue of this tab. */
export const photoQueue = createPhotoQueue({
  check: checkFile,
  send: analyzePhoto,
  advise: adviceOn,
  reachable,
  mayRun: () => navigator.onLine && session.get() !== null,
  // Without locks two tabs would send the same photos.
  photoStore: 'locks' in navigator ? openPhotoStore() : Promise.resolve(null),
  onHandedOver: () => tabLock?.announcePhotos(),
})

const tabLock = createTabLock({
  onAcquired: photoQueue.onLockAcquired,
  onLost: photoQueue.onLockLost,
  onPhotosStored: photoQueue.onPhotosStored,
})

/** Takes the queue over from another tab. */
export const takeOver = (): void => tabLock?.steal()

session.subscribe(photoQueue.wake)
window.addEventListener('online', photoQueue.wake)
document.addEventListener('visibilitychange', photoQueue.wake)
window.addEventListener('beforeunload', (event) => {
  if (photoQueue.wouldLose()) event.preventDefault()
})

export const useQueue = (): QueueState => useSyncExternalStore(photoQueue.subscribe, photoQueue.getState)
