import type { Scope } from './types.ts'

/** The session of this browser: a bearer token and the name that it was given to. */
export interface Session {
  token: string
  name: string
  /** Milliseconds since 1970, of this device's clock; null where it is not known. */
  endsAt: number | null
  /** What it may do; null where it is not known. The service decides in any case. */
  scopes: readonly Scope[] | null
  /** Of the open mode, without a key: whoever sits here, under whatever name. */
  open: boolean
}

/** What the open mode calls a person who has given no name. */
export const NOBODY = 'Inspector'

const STORAGE_KEY = 'wiko.session'
/** Stored in the place of a session that has ended by itself. Where somebody signs out nothing is stored. */
const LAPSED = 'null'

function read(): Session | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? LAPSED)
    if (typeof value !== 'object' || value === null) return null
    const { token, name, endsAt, scopes, open } = value as Partial<Session>
    if (typeof token !== 'string' || typeof name !== 'string') return null
    if (typeof endsAt === 'number' && endsAt <= Date.now()) return null
    return {
      token,
      name,
      endsAt: typeof endsAt === 'number' ? endsAt : null,
      scopes: Array.isArray(scopes) ? scopes : null,
      open: open === true,
    }
  } catch {
    return null
  }
}

let current = read()
/** Whose session has ended by itself: what they were doing is kept until somebody signs in. */
let lapsed: string | null = null
const listeners = new Set<() => void>()

function show(session: Session | null, left: string | null): void {
  current = session
  lapsed = left
  for (const listener of listeners) listener()
}

function change(session: Session | null, left: string | null): void {
  if (session) localStorage.setItem(STORAGE_KEY, JSON.stringify(session))
  else if (left === null) localStorage.removeItem(STORAGE_KEY)
  else localStorage.setItem(STORAGE_KEY, LAPSED)
  show(session, left)
}

/** Whose the screens are: what they hold is kept for that person only. In the open mode a new name makes nobody else of them. */
const whose = (): string | null => (current?.open ? NOBODY : (current?.name ?? null))

const lapse = (): void => change(null, whose() ?? lapsed)

// Another tab has signed in or out, or seen the session end.
window.addEventListener('storage', ({ key, newValue }) => {
  if (key !== STORAGE_KEY && key !== null) return
  show(read(), newValue === LAPSED ? (whose() ?? lapsed) : null)
})

/** Stored in localStorage: signing in or out holds for all tabs of the browser. */
export const session = {
  get: (): Session | null => current,
  whose,
  /** The name of whose session has ended without signing out; null: nobody's. */
  lapsed: (): string | null => lapsed,
  start: (begun: Session): void => change(begun, null),
  /** Signs out. */
  end: (): void => change(null, null),
  /** The time is over. */
  lapse,
  /** A request was answered 401. Ends the session, unless a newer one has begun since. */
  refused: (token: string | null): void => {
    if (current && current.token === token) lapse()
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}
