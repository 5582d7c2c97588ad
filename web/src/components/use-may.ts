import { useSyncExternalStore } from 'react'
import { session } from '../api/session.ts'
import type { Scope } from '../api/types.ts'

/** Whether the session may do something. Where that is not known, yes: the service refuses what it must. */
export const useMay = (scope: Scope): boolean =>
  useSyncExternalStore(session.subscribe, session.get)?.scopes?.includes(scope) ?? true
