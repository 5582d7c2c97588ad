import type { Problem } from './types.ts'

export interface FieldFault {
  field: string
  message: string
}

/** The one error of the API client: a problem that the service answered, or status 0 where it could not be reached. */
export class ProblemError extends Error {
  readonly status: number
  /** Last part of the problem's type, or UNREACHABLE; null where what came was no problem of the service. */
  readonly kind: string | null
  readonly detail: string
  readonly errors: readonly FieldFault[]
  /** Seconds that the service asks to wait; null where it does not say. */
  readonly retryAfter: number | null
  /** As in the service's log; null where no answer came. */
  readonly requestId: string | null

  constructor(
    status: number,
    detail: string,
    more: {
      kind?: string | null
      errors?: readonly FieldFault[]
      retryAfter?: number | null
      requestId?: string | null
    } = {},
  ) {
    super(detail)
    this.name = 'ProblemError'
    this.status = status
    this.kind = more.kind ?? null
    this.detail = detail
    this.errors = more.errors ?? []
    this.retryAfter = more.retryAfter ?? null
    this.requestId = more.requestId ?? null
  }
}

/** The kind of a problem that is not the service's: it gave no answer. */
export const UNREACHABLE = 'unreachable'

export const unreachable = (): ProblemError =>
  new ProblemError(0, 'The service cannot be reached', { kind: UNREACHABLE })

/** Retry-After as seconds: a number, or an HTTP date. */
function readRetryAfter(header: string | null): number | null {
  if (!header) return null
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : null
}

function isProblem(body: unknown): body is Partial<Problem> {
  return typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string'
}

/** Reads an error answer; a body that is no problem (from a proxy, say) still gives its status. */
export function readProblem(status: number, text: string, header: (name: string) => string | null): ProblemError {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    body = undefined
  }
  const problem = isProblem(body) ? body : {}
  return new ProblemError(status, problem.detail ?? '', {
    kind: problem.type?.split(':').at(-1),
    errors: problem.errors,
    retryAfter: readRetryAfter(header('retry-after')),
    requestId: problem.instance ?? header('x-request-id'),
  })
}

/** What a query or a task threw, as a problem. */
export const toProblem = (error: unknown): ProblemError =>
  error instanceof ProblemError ? error : new ProblemError(0, error instanceof Error ? error.message : String(error))

/** Whether the service did not speak: no network, or a proxy that answers 502 to 504 in its place. */
export const isUnanswered = ({ status, kind }: ProblemError): boolean => status === 0 || (status > 501 && kind === null)
