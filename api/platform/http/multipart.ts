import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { cleanText } from '../../domain/text.ts'
import { parseJson, type Refuse, readUtf8, refuseOtherCharsets } from './json.ts'
import { badField, ProblemError } from './problem.ts'

/** Maximum size of a text field in bytes; production_data is the longest. */
const MAX_FIELD = 65_536
const MAX_FIELDS = 100
/** Allowance for the part headers. */
const HEADERS_ALLOWANCE = 1024 * 1024

const formTooLarge = (maxBytes: number): ProblemError =>
  new ProblemError(
    413,
    'form-too-large',
    `The form is larger than the limit of ${Math.ceil(maxBytes / 1024 / 1024)} MB`,
  )

/** Some cameras send a picture without a file name. */
const isFile = (mimetype: string, filename: string | undefined): boolean =>
  filename !== undefined || mimetype === 'application/octet-stream' || mimetype.startsWith('image/')

/**
 * The field as text, or parsed if it is JSON. Read as bytes, because the form parser would guess at anything that is
 * not UTF-8.
 */
async function readField({ file, fieldname, mimetype }: MultipartFile): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of file as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_FIELD) throw badField(fieldname, `must have at most ${MAX_FIELD} bytes`)
    chunks.push(chunk)
  }
  const refuse: Refuse = (fault) => badField(fieldname, fault)
  const text = readUtf8(Buffer.concat(chunks), refuse)
  return mimetype === 'application/json' ? parseJson(text, refuse) : cleanText(text)
}

export interface FormLimits {
  /** Maximum size of a file in bytes. The rest is discarded while streaming, and the file is marked as truncated. */
  maxFileBytes: number
  /** Further files are discarded unread. */
  maxFiles: number
  /** Error that rejects the whole form if a file is too large. Without it, the other parts still count. */
  tooLarge?: () => Error
}

/**
 * Reads a form: passes each file to `onFile` while it streams, and returns the text fields. `onFile` must consume the
 * file. If a field is repeated, the last one wins.
 */
export async function readForm(
  request: FastifyRequest,
  { maxFileBytes, maxFiles, tooLarge }: FormLimits,
  onFile: (file: MultipartFile) => Promise<void>,
): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = {}
  const limits = {
    fileSize: Math.max(maxFileBytes, MAX_FIELD + 1),
    // Fields are read as files as well.
    files: maxFiles + 2 * MAX_FIELDS,
    parts: maxFiles + 2 * MAX_FIELDS,
    headerPairs: 20,
  }
  const maxBytes = maxFiles * maxFileBytes + MAX_FIELDS * MAX_FIELD + HEADERS_ALLOWANCE
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw formTooLarge(maxBytes)

  refuseOtherCharsets(request.headers['content-type'])

  let fieldCount = 0
  let current: MultipartFile | undefined
  const stopped = Promise.withResolvers<never>()
  /** Responds immediately, whatever is still arriving. Destroying the file ends its consumer. */
  const stop = (error: Error): void => {
    stopped.reject(error)
    current?.file.destroy(error)
  }
  async function read(): Promise<void> {
    // Read all parts as files, to get their bytes.
    for await (const part of request.parts({ limits, isPartAFile: () => true })) {
      if (part.type !== 'file') continue
      current = part
      if (isFile(part.mimetype, part.filename)) {
        if (tooLarge) part.file.once('limit', () => stop(tooLarge()))
        await onFile(part)
      } else if (++fieldCount > MAX_FIELDS) {
        throw new ProblemError(413, 'too-many-fields', 'The form has too many fields')
      } else {
        fields[cleanText(part.fieldname)] = await readField(part)
      }
    }
  }
  try {
    const reading = read()
    let arrived = 0
    request.raw.on('data', (chunk: Buffer) => {
      arrived += chunk.length
      if (arrived > maxBytes) stop(formTooLarge(maxBytes))
    })
    await Promise.race([reading, stopped.promise])
  } catch (error) {
    throw isFormFault(error)
      ? new ProblemError(400, 'invalid-form', 'The form is truncated or has no valid boundary; send it again', {
          cause: error,
        })
      : error
  }
  return fields
}

/** The parser's own errors (no boundary, truncated form) are plain errors without a code. */
const isFormFault = (error: unknown): boolean =>
  error instanceof Error && error.constructor === Error && !('code' in error)
