import { useSyncExternalStore } from 'react'

/** A tab that stays open for days asks by itself whether there is a new build. */
const LOOK_EVERY_MS = 3_600_000

/** The worker of a newer build, which waits until somebody asks for it. */
let waiting: ServiceWorker | null = null
const listeners = new Set<() => void>()

function offer(worker: ServiceWorker | null): void {
  // Without a worker that runs the page is not older than what waits: it is the first.
  if (!worker || !navigator.serviceWorker.controller) return
  waiting = worker
  for (const listener of listeners) listener()
}

function watch(registration: ServiceWorkerRegistration): void {
  offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed') offer(coming)
    })
  })
  setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS)
}

/** Makes the page open without a network from now on (only with TLS, or on this machine). To be called once, after the load. */
export async function startServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  // What failed here costs nothing but that: a browser may forbid workers.
  await navigator.serviceWorker
    .register('/sw.js')
    .then(watch)
    .catch(() => undefined)
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Changes to the new build: gives a function that does, or null where there is none. */
export function useNewVersion(): (() => void) | null {
  const worker = useSyncExternalStore(subscribe, () => waiting)
  if (!worker) return null
  return () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), { once: true })
    // In another tab somebody has asked for it already.
    if (worker.state === 'activated') window.location.reload()
    else worker.postMessage('activate')
  }
}
