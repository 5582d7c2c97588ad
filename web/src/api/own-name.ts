/** The name that somebody has given in the open mode, where nobody signs in: kept in this browser. */
const STORED = 'wiko.name'

export const ownName = {
  /** Null: none has been given. */
  get: (): string | null => localStorage.getItem(STORED)?.trim() || null,
  keep: (name: string): void => localStorage.setItem(STORED, name),
}
