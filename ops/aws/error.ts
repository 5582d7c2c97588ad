import { explain, Failure } from '../lib/failures.ts'

/** A refused or failed AWS call, in one line. `code` is AWS's name for the error, such as ImageNotFoundException. */
export class AwsError extends Failure {
  readonly code: string
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = code
    this.code = code
  }
  /** The caller is at fault, not the resource: missing, expired or insufficient credentials. */
  get denied(): boolean {
    return /AccessDenied|NotAuthorized|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|CredentialsProviderError/.test(
      this.code,
    )
  }
}

/** An SDK client's error as an AwsError; the message is the one of `known` failures where it is one of them. */
export function toAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error
  const { name, message, cause } = error instanceof Error ? error : new Error(String(error))
  if (name === 'CredentialsProviderError')
    return new AwsError(name, explain(`No valid credential sources: ${message}`).message, { cause: error })
  const reason = message || (cause instanceof Error ? cause.message : '')
  return new AwsError(name, explain(`${name}: ${reason}`).message, { cause: error })
}

/** Whether an error is AWS's of that name. */
export const isAwsError = (error: unknown, code: string): boolean => error instanceof AwsError && error.code === code
