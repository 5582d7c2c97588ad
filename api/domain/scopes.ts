/** What a key may do: send photos and ask for analyses; see results, pictures and reports; manage keys. */
export const SCOPES = ['analyse', 'read', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

/** Of a row from before there were scopes, and of a new key where none are asked for. */
export const DEFAULT_SCOPES: readonly Scope[] = ['analyse', 'read']
