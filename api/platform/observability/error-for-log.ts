import { DrizzleQueryError } from 'drizzle-orm'
import { type SerializedError, stdSerializers } from 'pino'

/**
 * Serializes an error for the log. The error of a failed query repeats all parameters, which are client input, so only
 * the statement and the database's own error are kept.
 */
export function errorForLog(error: Error): SerializedError {
  const query = queryIn(error)
  if (!query) return stdSerializers.err(error)
  const reason = query.cause instanceof Error ? query.cause : new Error('Query failed')
  return Object.assign(stdSerializers.err(reason), { query: query.query })
}

function queryIn(error: unknown): DrizzleQueryError | undefined {
  if (error instanceof DrizzleQueryError) return error
  return error instanceof Error ? queryIn(error.cause) : undefined
}
