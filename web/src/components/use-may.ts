import { useSyncExternalStore } from 'react'
import { type Session, session } from '../api/session.ts'
import type { Scope } from '../api/types.ts'

/** Whether a session may do something. Where that is not known, yes: the service refuses what it must. */
export const may = (current: Session | null, scope: Scope): boolean => current?.scopes?.includes(scope) ?? true

export const useMay = (scope: Scope): boolean => may(useSyncExternalStore(session.subscribe, session.get), scope)
