/**
 * What PostgreSQL says where trying again makes sense: classes 08 (connection), 53 (resources) and 57P (shutdown); read-only, as a standby
 * or a full disk; ends of waiting: lock_timeout, statement_timeout, deadlock, serialization, idle in transaction.
 */
const POSTGRES_UNAVAILABLE = /^(08...|53...|57P0.|25006|55P03|57014|40P01|40001|25P03)$/
const NODE_UNAVAILABLE = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/
/** What pg throws without a code, in full: the message of any other error may hold a client's text. */
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

/** A part of the service is out of reach or does not answer in time. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  if (POSTGRES_UNAVAILABLE.test(code) || NODE_UNAVAILABLE.test(code)) return true
  if (code === '' && error.constructor === Error && PG_UNAVAILABLE.has(error.message)) return true
  // S3 itself says that it failed.
  if ('$fault' in error && error.$fault === 'server') return true
  // Of the AWS SDK; without credentials there is no IAM token either.
  if (['TimeoutError', 'NetworkingError', 'CredentialsProviderError'].includes(error.name)) return true
  return error.cause !== undefined && error.cause !== error && isUnavailable(error.cause)
}

/** The SQLSTATE that PostgreSQL gave, of the error itself or of its causes. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const code = codeOf(error)
  if (/^[0-9A-Z]{5}$/.test(code) && 'severity' in error) return code
  return error.cause === error ? undefined : sqlStateOf(error.cause)
}
