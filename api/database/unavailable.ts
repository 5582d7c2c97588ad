/**
 * What PostgreSQL says where trying again makes sense: classes 08 (connection), 53 (resources) and 57P (shutdown); read-only, as a standby
 * or a full disk; ends of waiting: lock_timeout, statement_timeout, deadlock, serialization, idle in transaction.
 */
const POSTGRES_UNAVAILABLE = /^(08...|53...|57P0.|25006|55P03|57014|40P01|40001|25P03)$/
const NODE_UNAVAILABLE = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/
/** The words of pg, which gives these no code. */
const PG_UNAVAILABLE =
  /timeout exceeded when trying to connect|timeout expired|Query read timeout|Connection terminated|not queryable/i

/** A part of the service is out of reach or does not answer in time. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (POSTGRES_UNAVAILABLE.test(code) || NODE_UNAVAILABLE.test(code) || PG_UNAVAILABLE.test(error.message)) return true
  // S3 itself says that it failed.
  if ('$fault' in error && error.$fault === 'server') return true
  // Of the AWS SDK; without credentials there is no IAM token either.
  if (['TimeoutError', 'NetworkingError', 'CredentialsProviderError'].includes(error.name)) return true
  return error.cause !== undefined && error.cause !== error && isUnavailable(error.cause)
}
