import { type Static, type TSchema, type TSchemaOptions, Type } from 'typebox'

export const Nullable = <T extends TSchema>(schema: T, options?: TSchemaOptions) =>
  Type.Union([schema, Type.Null()], options)

/** Typed reference to a schema that is registered under its $id (Type.Ref alone is untyped). */
export const refTo = <T extends TSchema>(schema: T & { $id?: string }) =>
  Type.Unsafe<Static<T>>({ $ref: `${schema.$id}#` })

/** RFC 9457 problem details, with `success` and `error` for the clients of the prototype. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'URN of the kind of problem', examples: ['urn:wiko:problem:unknown-product'] }),
    title: Type.String({ examples: ['Unprocessable Content'] }),
    status: Type.Integer({ examples: [422] }),
    detail: Type.String({ description: 'What is wrong, and what to do' }),
    instance: Type.String({ description: 'The id of the request, as in the log and the X-Request-Id header' }),
    errors: Type.Optional(
      Type.Array(Type.Object({ field: Type.String(), message: Type.String() }), { description: 'Faults by field' }),
    ),
    success: Type.Literal(false),
    error: Type.String({ description: 'The same as detail' }),
  },
  { $id: 'Problem' },
)

/** The problems of a route, for its response schemas. */
export const problems = (...statuses: number[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: PROBLEM_DESCRIPTIONS[status] ?? 'Problem',
        content: { 'application/problem+json': { schema: refTo(Problem) } },
      },
    ]),
  )

const PROBLEM_DESCRIPTIONS: Record<number, string> = {
  400: 'A field is missing or invalid',
  401: 'The key or session is missing or invalid',
  403: 'The key lacks the required scope',
  404: 'Not found',
  408: 'The body arrives too slowly',
  409: 'Not possible in the current state',
  413: 'The body or the image is too large',
  415: 'Not an image of an accepted type, or a body of an unknown type',
  422: 'The image cannot be read or has too many pixels',
  429: 'Limit exceeded: wait as long as Retry-After says',
  500: 'Internal error',
  502: 'The model failed',
  503: 'Overloaded or not ready: wait as long as Retry-After says',
  504: 'The model did not answer in time',
}

/** Problems that every route under /api/v1 may return. */
export const commonProblems = problems(400, 401, 403, 429, 500, 503)
