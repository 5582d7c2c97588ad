/** analyse: send photos and request analyses. read: see results, pictures and reports. admin: manage keys and settings. */
export const SCOPES = ['analyse', 'read', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

/** Scopes of keys created without any, including those that are older than scopes. */
export const DEFAULT_SCOPES: readonly Scope[] = ['analyse', 'read']
