/** The session of this tab: a bearer token and the name that it was given to. */
export interface Session {
  token: string
  name: string
}

const STORAGE_KEY = 'wiko.session'

function read(): Session | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null')
    if (typeof value !== 'object' || value === null) return null
    const { token, name } = value as Partial<Session>
    return typeof token === 'string' && typeof name === 'string' ? { token, name } : null
  } catch {
    return null
  }
}

let current = read()
const listeners = new Set<() => void>()

function change(session: Session | null): void {
  current = session
  if (session) sessionStorage.setItem(STORAGE_KEY, JSON.stringify(session))
  else sessionStorage.removeItem(STORAGE_KEY)
  for (const listener of listeners) listener()
}

/** Kept in sessionStorage: a new tab signs in anew, a reload does not. */
export const session = {
  get: (): Session | null => current,
  start: (token: string, name: string): void => change({ token, name }),
  end: (): void => change(null),
  /** A request was answered 401. Ends the session, unless a newer one has begun since. */
  refused: (token: string | null): void => {
    if (current && current.token === token) change(null)
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}
