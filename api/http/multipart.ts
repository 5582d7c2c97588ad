import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { badField, ProblemError } from './problem.ts'

/** Characters of one text field: production_data is the longest. */
const MAX_FIELD = 65_536

export interface FormLimits {
  /** Bytes of one file; what is over is thrown away while it streams, and the file is marked as cut. */
  maxFileBytes: number
  /** Files after this many are thrown away unread. */
  maxFiles: number
}

/**
 * Reads a form, handing each file to `onFile` while it streams and returning the text fields.
 * `onFile` must read the file to its end. A repeated field counts once: the last one wins.
 */
export async function readForm(
  request: FastifyRequest,
  { maxFileBytes, maxFiles }: FormLimits,
  onFile: (file: MultipartFile) => Promise<void>,
): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = {}
  const limits = {
    fileSize: maxFileBytes,
    files: maxFiles + 100,
    fields: 100,
    parts: maxFiles + 200,
    fieldSize: MAX_FIELD,
    fieldNameSize: 100,
    headerPairs: 20,
  }
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') {
        await onFile(part)
      } else if (part.valueTruncated) {
        throw badField(part.fieldname, `must have at most ${MAX_FIELD} characters`)
      } else {
        fields[part.fieldname] = part.value
      }
    }
  } catch (error) {
    throw isFormFault(error)
      ? new ProblemError(400, 'invalid-form', 'The form is cut off or has no valid boundary; send it again', {
          cause: error,
        })
      : error
  }
  return fields
}

/** The parser's own complaints (no boundary, cut off ...) are plain errors without a code. */
const isFormFault = (error: unknown): boolean =>
  error instanceof Error && error.constructor === Error && !('code' in error)
