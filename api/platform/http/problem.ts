import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isUnavailable, sqlStateOf } from '../../database/unavailable.ts'
import { AnalyzerError, type AnalyzerFailure } from '../../domain/analyzer-error.ts'
import { ImageError, type ImageFailure } from '../../domain/image-error.ts'
import { FORMATS } from './formats.ts'

export interface FieldFault {
  field: string
  message: string
}

/** An error for the client, sent as RFC 9457 problem details. `kind` becomes the last part of the type URN. */
export class ProblemError extends Error {
  readonly status: number
  readonly kind: string
  readonly errors: FieldFault[] | undefined
  readonly headers: Record<string, string>
  /** Expected, such as a requested shutdown: not logged as an error. */
  readonly planned: boolean

  constructor(
    status: number,
    kind: string,
    detail: string,
    options: { errors?: FieldFault[]; headers?: Record<string, string>; cause?: unknown; planned?: boolean } = {},
  ) {
    super(detail, { cause: options.cause })
    this.name = 'ProblemError'
    this.status = status
    this.kind = kind
    this.errors = options.errors
    this.headers = options.headers ?? {}
    this.planned = options.planned ?? false
  }
}

export const badField = (field: string, message: string): ProblemError =>
  new ProblemError(400, 'bad-field', `${field} ${message}`, { errors: [{ field, message }] })

export const notFound = (detail: string): ProblemError => new ProblemError(404, 'not-found', detail)

const ANALYZER_STATUS: Record<AnalyzerFailure, number> = {
  timeout: 504,
  aborted: 499,
  overloaded: 503,
  rate_limited: 503,
  unavailable: 502,
  unauthorized: 502,
  refused: 502,
  content_filtered: 502,
  truncated: 502,
  malformed: 502,
  unreadable: 422,
  untranslatable: 409,
}

const IMAGE_STATUS: Record<ImageFailure, number> = {
  empty: 400,
  not_an_image: 415,
  unsupported_type: 415,
  too_large: 413,
  too_many_pixels: 422,
  unreadable: 422,
  overloaded: 503,
}

const retryAfter = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(seconds))) }

/** Fastify's own errors, with messages that say what to do. */
const FASTIFY_ERRORS: Record<string, [status: number, kind: string, detail: string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    415,
    'unsupported-media-type',
    'Send the body as application/json or multipart/form-data',
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'body-too-large', 'The body is larger than this route accepts'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'empty-body', 'The body is empty; send JSON'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'invalid-json', 'The body is not valid JSON'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'invalid-body', 'The body does not match its Content-Length'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: [
    415,
    'unsupported-media-type',
    'Send the picture as multipart/form-data or JSON',
  ],
  FST_MP_PREMATURE_CLOSE: [400, 'invalid-form', 'The form is truncated; send it again'],
  FST_INVALID_JSON_FIELD_ERROR: [400, 'invalid-form', 'A part that is declared as JSON is not valid JSON'],
  FST_PARTS_LIMIT: [413, 'too-many-parts', 'The form has too many parts'],
  FST_FILES_LIMIT: [413, 'too-many-files', 'The form has too many files'],
  FST_FIELDS_LIMIT: [413, 'too-many-fields', 'The form has too many fields'],
  FST_REQ_FILE_TOO_LARGE: [413, 'image-too-large', 'The file is larger than this service accepts'],
  FST_ERR_BAD_URL: [400, 'bad-url', 'The address is not a valid URL'],
}

function validationProblem(error: FastifyError): ProblemError {
  const where = error.validationContext ?? 'body'
  const errors = (error.validation ?? []).map(({ instancePath, message, params, keyword }) => {
    const path = instancePath.slice(1).replaceAll('/', '.')
    const missing = typeof params.missingProperty === 'string' ? params.missingProperty : ''
    const field = [path, missing].filter(Boolean).join('.') || where
    if (keyword === 'required') return { field, message: 'is missing' }
    if (keyword === 'enum' && Array.isArray(params.allowedValues)) {
      return { field, message: `must be one of ${params.allowedValues.join(', ')}` }
    }
    const format = keyword === 'format' ? FORMATS[String(params.format)] : undefined
    if (format) return { field, message: format.message }
    return { field, message: message ?? 'is invalid' }
  })
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ') || 'The request is not valid'
  return new ProblemError(400, 'bad-field', detail, { errors })
}

/** Converts any thrown value to a problem. Errors that are not meant for clients become a plain 500. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof ImageError) {
    const status = IMAGE_STATUS[error.failure]
    const headers = retryAfter(error.retryAfterSeconds)
    return new ProblemError(status, `image-${error.failure.replaceAll('_', '-')}`, error.message, { headers })
  }
  if (error instanceof AnalyzerError) {
    const { failure, message, retryAfterSeconds } = error
    return new ProblemError(ANALYZER_STATUS[failure], `analyzer-${failure.replaceAll('_', '-')}`, message, {
      headers: retryAfter(retryAfterSeconds),
      cause: error,
    })
  }
  if (error instanceof Error) {
    const fault = error as FastifyError
    if (fault.validation) return validationProblem(fault)
    const known = FASTIFY_ERRORS[fault.code]
    if (known) return new ProblemError(...known)
    if (isUnavailable(error)) {
      return new ProblemError(503, 'not-ready', 'A dependency of the service is unavailable; try again', {
        headers: retryAfter(2),
        cause: error,
      })
    }
    // Safety net: the schema should have rejected such a value, so log the whole error.
    if (/^22/.test(sqlStateOf(error) ?? '')) {
      return new ProblemError(400, 'bad-value', 'A value in the request is out of the range that can be stored', {
        cause: error,
      })
    }
    const status = fault.statusCode ?? 500
    if (status >= 400 && status < 500) {
      return new ProblemError(status, 'bad-request', status === 400 ? 'The request is not valid' : fault.message)
    }
  }
  return new ProblemError(500, 'internal', 'Internal error; the log has the details under this request id', {
    cause: error,
  })
}

/** Sends a problem. If the client must not see the cause, the log has it. */
export function sendProblem(problem: ProblemError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (problem.status >= 500 && !problem.planned) {
    request.log.error({ err: problem.cause ?? problem, kind: problem.kind }, 'request failed')
  } else {
    if (problem.kind === 'bad-value')
      request.log.warn({ err: problem.cause }, 'Database rejected a value that its schema accepts')
    request.log.info({ kind: problem.kind, status: problem.status, detail: problem.message }, 'request refused')
  }
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({
      type: `urn:wiko:problem:${problem.kind}`,
      title: STATUS_CODES[problem.status] ?? (problem.status === 499 ? 'Client Closed Request' : 'Error'),
      status: problem.status,
      detail: problem.message,
      instance: request.id,
      ...(problem.errors ? { errors: problem.errors } : {}),
      success: false,
      error: problem.message,
    })
}
