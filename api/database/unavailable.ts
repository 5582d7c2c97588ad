/**
 * SQLSTATEs after which a retry makes sense: classes 08 (connection), 53 (resources) and 57P (shutdown); read-only (a
 * standby or a full disk); lock and statement timeouts, deadlock, serialization failure, idle in transaction.
 */
const POSTGRES_UNAVAILABLE = /^(08...|53...|57P0.|25006|55P03|57014|40P01|40001|25P03)$/
const NODE_UNAVAILABLE = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/
/** Errors that pg throws without a code. Compared in full, because other messages may contain client input. */
const PG_UNAVAILABLE = new Set([
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Query read timeout',
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
])

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

/** True if a dependency is unreachable or did not answer in time. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  if (POSTGRES_UNAVAILABLE.test(code) || NODE_UNAVAILABLE.test(code)) return true
  if (code === '' && error.constructor === Error && PG_UNAVAILABLE.has(error.message)) return true
  // S3 reports an internal failure.
  if ('$fault' in error && error.$fault === 'server') return true
  // AWS SDK errors. Without credentials there is no IAM token either.
  if (['TimeoutError', 'NetworkingError', 'CredentialsProviderError'].includes(error.name)) return true
  return error.cause !== undefined && error.cause !== error && isUnavailable(error.cause)
}

/** The SQLSTATE of the error or of one of its causes. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const code = codeOf(error)
  if (/^[0-9A-Z]{5}$/.test(code) && 'severity' in error) return code
  return error.cause === error ? undefined : sqlStateOf(error.cause)
}
