const NAME = 'wiko.queue'

export interface Ownership {
  /** This tab has the queue now. */
  onOwn: () => void
  /** Another tab has it: from the start, or as it took it over. */
  onElsewhere: () => void
  /** Another tab has put photos into what the browser keeps. */
  onAdded: () => void
}

/**
 * Lets one tab of the browser run the queue, by a lock that ends with the tab, however that ends; then the next one has it.
 * Null where the browser has no locks (a page without TLS).
 */
export function oneTab({ onOwn, onElsewhere, onAdded }: Ownership) {
  if (!('locks' in navigator)) return null
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = onAdded
  const keep = (): Promise<never> => {
    onOwn()
    return new Promise(() => undefined)
  }
  /** Waits until the lock is free; tells when it has been taken away, and waits again. */
  async function hold(options: LockOptions): Promise<void> {
    try {
      await navigator.locks.request(NAME, options, keep)
    } catch {
      onElsewhere()
      await hold({})
    }
  }
  async function start(): Promise<void> {
    try {
      await navigator.locks.request(NAME, { ifAvailable: true }, (lock) => (lock ? keep() : undefined))
    } catch {
      // It was taken away.
    }
    onElsewhere()
    await hold({})
  }
  void start()
  return {
    /** Takes the queue from the tab that has it. */
    takeOver: (): void => void hold({ steal: true }),
    /** Tells the tab that has the queue that there are more photos. */
    tellAdded: (): void => channel.postMessage(null),
  }
}
