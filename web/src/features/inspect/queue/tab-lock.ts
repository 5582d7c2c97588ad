const NAME = 'wiko.queue'

interface TabLockEvents {
  /** This tab runs the queue now. */
  onAcquired: () => void
  /** Another tab runs it: from the start, or because it took over. */
  onLost: () => void
  /** Another tab has stored new photos. */
  onPhotosStored: () => void
}

/**
 * Lets one tab of the browser run the queue. The Web Lock is released when the tab ends in any way, and the next tab gets it.
 * Null if the browser has no locks (a page without TLS).
 */
export function createTabLock({ onAcquired, onLost, onPhotosStored }: TabLockEvents) {
  if (!('locks' in navigator)) return null
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = onPhotosStored
  const holdForever = (): Promise<never> => {
    onAcquired()
    return new Promise(() => undefined)
  }
  /** Waits for the lock; when another tab steals it, waits again. */
  async function request(options: LockOptions): Promise<void> {
    try {
      await navigator.locks.request(NAME, options, holdForever)
    } catch {
      onLost()
      await request({})
    }
  }
  async function start(): Promise<void> {
    try {
      await navigator.locks.request(NAME, { ifAvailable: true }, (lock) => (lock ? holdForever() : undefined))
    } catch {
      // Stolen.
    }
    onLost()
    await request({})
  }
  void start()
  return {
    /** Takes the queue over from the tab that runs it. */
    steal: (): void => void request({ steal: true }),
    /** Tells the tab that runs the queue that photos were stored. */
    announcePhotos: (): void => channel.postMessage(null),
  }
}
