import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { cleanText } from '../../domain/text.ts'
import { parseJson, type Refuse, readUtf8, refuseOtherCharsets } from './json.ts'
import { badField, ProblemError } from './problem.ts'

/** Bytes of one text field: production_data is the longest. */
const MAX_FIELD = 65_536
const MAX_FIELDS = 100
/** Room for the heads of the parts. */
const HEADS = 1024 * 1024

const formTooLarge = (most: number): ProblemError =>
  new ProblemError(
    413,
    'form-too-large',
    `The form is larger than the ${Math.ceil(most / 1024 / 1024)} MB that it may have`,
  )

/** Some cameras send a picture without a file name. */
const isFile = (mimetype: string, filename: string | undefined): boolean =>
  filename !== undefined || mimetype === 'application/octet-stream' || mimetype.startsWith('image/')

/** The text of a field, or what its JSON says. The form parser would guess at bytes that are no UTF-8. */
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
  /** Bytes of one file; what is over is thrown away while it streams, and the file is marked as cut. */
  maxFileBytes: number
  /** Files after this many are thrown away unread. */
  maxFiles: number
  /** What a file over its limit ends the whole form with; without it the rest of the form still counts. */
  tooLarge?: () => Error
}

/**
 * Reads a form, handing each file to `onFile` while it streams and returning the text fields.
 * `onFile` must read the file to its end. A repeated field counts once: the last one wins.
 */
export async function readForm(
  request: FastifyRequest,
  { maxFileBytes, maxFiles, tooLarge }: FormLimits,
  onFile: (file: MultipartFile) => Promise<void>,
): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = {}
  const limits = {
    fileSize: Math.max(maxFileBytes, MAX_FIELD + 1),
    // Fields are read as files, too.
    files: maxFiles + 2 * MAX_FIELDS,
    parts: maxFiles + 2 * MAX_FIELDS,
    headerPairs: 20,
  }
  const most = maxFiles * maxFileBytes + MAX_FIELDS * MAX_FIELD + HEADS
  if (Number(request.headers['content-length'] ?? 0) > most) throw formTooLarge(most)

  refuseOtherCharsets(request.headers['content-type'])

  let fieldCount = 0
  let current: MultipartFile | undefined
  const stopped = Promise.withResolvers<never>()
  /** Answers at once, whatever still arrives; destroying the file ends whoever reads it. */
  const stop = (error: Error): void => {
    stopped.reject(error)
    current?.file.destroy(error)
  }
  async function read(): Promise<void> {
    // All parts come as files, for their bytes.
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
      if (arrived > most) stop(formTooLarge(most))
    })
    await Promise.race([reading, stopped.promise])
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
