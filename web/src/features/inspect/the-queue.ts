import { useSyncExternalStore } from 'react'
import { API_ORIGIN } from '../../api/origin.ts'
import { session } from '../../api/session.ts'
import { analyzePhoto } from '../../api/upload.ts'
import { checkFile } from './check-file.ts'
import { openKeptPhotos } from './kept-photos.ts'
import { oneTab } from './one-tab.ts'
import { adviceOn } from './photo-advice.ts'
import { createPhotoQueue } from './photo-queue.ts'
import type { QueueSnapshot } from './queue-state.ts'

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
  kept: 'locks' in navigator ? openKeptPhotos() : Promise.resolve(null),
  onHandedOver: () => tab?.tellAdded(),
})

const tab = oneTab({ onOwn: photoQueue.own, onElsewhere: photoQueue.yield, onAdded: photoQueue.look })

/** Takes the queue over from another tab. */
export const takeOver = (): void => tab?.takeOver()

session.subscribe(photoQueue.wake)
window.addEventListener('online', photoQueue.wake)
document.addEventListener('visibilitychange', photoQueue.wake)
window.addEventListener('beforeunload', (event) => {
  if (photoQueue.wouldLose()) event.preventDefault()
})

export const useQueue = (): QueueSnapshot => useSyncExternalStore(photoQueue.subscribe, photoQueue.snapshot)
