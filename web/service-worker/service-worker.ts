/**
 * The page without a network: keeps the app shell of one build, and gives it where the network has none. It never touches the
 * API or the photos, nor anything of another origin. The build puts it at /sw.js (plugin.ts), with the two constants below.
 */

/** The files of the build: /index.html, the hashed files below /assets/, icons. */
declare const __SHELL__: readonly string[]
/** Hash of their contents: another build is another worker and another cache. */
declare const __VERSION__: string

// TypeScript's library of workers and that of pages exclude each other: what is used of it stands here.
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Extendable {
  request: Request
  respondWith(answer: Promise<Response>): void
}
interface Worker extends EventTarget {
  location: Location
  clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
}
const worker = self as unknown as Worker
const on = <Type extends Event>(name: string, listener: (event: Type) => void): void =>
  worker.addEventListener(name, listener as EventListener)

const PREFIX = 'wiko-shell-'
const CACHE = PREFIX + __VERSION__
const SHELL_PAGE = '/index.html'
const HASHED = '/assets/'
/** A network that is there and carries nothing must not keep the page from opening. */
const NAVIGATION_TIMEOUT_MS = 4000
/** Served by the API on the page's address, and no screens. */
const NO_SCREEN = /^\/(api|docs)(\/|$)|^\/(health|ready)$|\.[^/]*$/

/** Fetches what has no hash in its name past the browser's cache; a hashed file that an older worker has is taken from there. */
async function fetchFile(path: string): Promise<Response> {
  const known = path.startsWith(HASHED) ? await caches.match(path) : undefined
  const answer = known ?? (await fetch(path, { cache: path.startsWith(HASHED) ? 'default' : 'reload' }))
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return answer
}

/** Throws where index.html is of another build than this worker: the release is half done, or was taken back. */
async function checkPage(page: Response | undefined): Promise<void> {
  const named = [...((await page?.text()) ?? '').matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
  const strange = named.find((path) => !__SHELL__.includes(path))
  if (named.length === 0 || strange) throw new Error(`${SHELL_PAGE} is of another build: ${strange}`)
}

async function install(): Promise<void> {
  const cache = await caches.open(CACHE)
  try {
    await Promise.all(__SHELL__.map(async (path) => cache.put(path, await fetchFile(path))))
    await checkPage(await cache.match(SHELL_PAGE))
  } catch (error) {
    await caches.delete(CACHE)
    throw error
  }
}

async function activate(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  )
  // The first visit too is then ready for a lost network.
  await worker.clients.claim()
}

const fromCache = async (path: string): Promise<Response | undefined> => (await caches.open(CACHE)).match(path)

/** The network's page; where it has none, or the server is down, the one of this build. */
async function navigate(request: Request): Promise<Response> {
  const timeout = AbortSignal.timeout(NAVIGATION_TIMEOUT_MS)
  const answer = await fetch(request, { signal: timeout }).catch(() => null)
  if (answer && answer.status < 500) return answer
  return (await fromCache(SHELL_PAGE)) ?? answer ?? Response.error()
}

on<Extendable>('install', (event) => event.waitUntil(install()))
on<Extendable>('activate', (event) => event.waitUntil(activate()))
// A new worker waits until the page asks for it: nothing is reloaded under somebody's hands.
on<MessageEvent>('message', ({ data }) => {
  if (data === 'activate') void worker.skipWaiting()
})
on<Fetching>('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  if (request.mode === 'navigate') {
    if (!NO_SCREEN.test(pathname)) event.respondWith(navigate(request))
  } else if (__SHELL__.includes(pathname)) {
    event.respondWith(fromCache(pathname).then((known) => known ?? fetch(request)))
  }
})
