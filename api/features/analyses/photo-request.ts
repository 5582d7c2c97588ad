import type { FastifyRequest } from 'fastify'
import type { Config } from '../../config/config.ts'
import { readForm } from '../../platform/http/multipart.ts'
import { badField, ProblemError } from '../../platform/http/problem.ts'
import { commonProblems, problems } from '../../platform/http/schemas.ts'
import { fingerprintOf, hashFile } from '../../platform/idempotency/fingerprint.ts'
import { cleanFileName, decodeBase64Image, readPhotoFields, tooLarge } from './photo-fields.ts'
import { AnalyzeFields } from './schemas.ts'
import type { Photo } from './service.ts'

export const photoProblems = { ...commonProblems, ...problems(409, 413, 415, 422, 502, 504) }

/** A photo as it came, with the fields that the client sent for it. */
export interface PhotoRequest {
  photo: Photo
  /** As sent: what a repeated request is compared by. */
  fields: Record<string, unknown>
}

/** Room for the other fields beside the picture. */
const JSON_OVERHEAD = 256 * 1024

export const photoBodyLimit = (maxImageBytes: number): number => Math.ceil((maxImageBytes * 4) / 3) + JSON_OVERHEAD

async function readPhotoForm(request: FastifyRequest, { maxImageBytes, products }: Config): Promise<PhotoRequest> {
  let image: { bytes: Buffer; fileName: string | null } | undefined
  const fields = await readForm(
    request,
    { maxFileBytes: maxImageBytes, maxFiles: 1, tooLarge: () => tooLarge(maxImageBytes) },
    async (file) => {
      if (file.fieldname !== 'image') {
        file.file.resume()
        return
      }
      if (image) throw badField('image', 'is there twice; send several pictures to /api/v1/analyze/batch')
      const bytes = await file.toBuffer()
      image = { bytes, fileName: cleanFileName(file.filename) }
    },
  )
  if (!image) throw badField('image', 'is missing: send the picture as the file part "image"')
  return { photo: { ...image, ...readPhotoFields(request, fields, AnalyzeFields, products) }, fields }
}

function readPhotoJson(request: FastifyRequest, { maxImageBytes, products }: Config): PhotoRequest {
  const body = request.body
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new ProblemError(400, 'bad-field', 'The body must be a JSON object or a multipart form')
  }
  const { image, ...fields } = body as Record<string, unknown>
  if (typeof image !== 'string' || image === '') throw badField('image', 'is missing: send the picture as base64')
  const read = readPhotoFields(request, fields, AnalyzeFields, products)
  return { photo: { bytes: decodeBase64Image(image, maxImageBytes), fileName: null, ...read }, fields }
}

/** Reads the body of a request with one photo, a form or JSON. Throws a 4xx that names what is wrong. */
export async function readPhotoRequest(request: FastifyRequest, config: Config): Promise<PhotoRequest> {
  return request.isMultipart() ? await readPhotoForm(request, config) : readPhotoJson(request, config)
}

/** What a repeated request is compared by. */
export const photoFingerprint = async ({ photo, fields }: PhotoRequest): Promise<string> =>
  fingerprintOf(fields, [await hashFile(photo.bytes)])
