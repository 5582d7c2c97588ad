import type { FastifyRequest } from 'fastify'
import type { TObject } from 'typebox'
import type { Product } from '../../config/config.ts'
import type { PhotoFields } from '../../domain/photo.ts'
import { cleanText, cutText } from '../../domain/text.ts'
import { parseJson } from '../../platform/http/json.ts'
import { badField, ProblemError } from '../../platform/http/problem.ts'
import type { AnalyzeFieldsBody } from './schemas.ts'

const MAX_PRODUCTION_DATA = 20_000
const MAX_FILE_NAME = 255

/** A field that is JSON text in a form and JSON itself in JSON; undefined where it is empty. */
export function readJsonField(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (value.trim() === '') return undefined
  return parseJson(value, (fault) => badField(name, fault))
}

/** Trims texts, drops empty ones, and folds the case of codes, as the prototype did. */
function normalise(fields: Record<string, unknown>): Record<string, unknown> {
  const normal: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    const text = typeof value === 'string' ? value.trim() : value
    if (text !== '' && text !== null) normal[name] = text
  }
  if (typeof normal.product_sku === 'string') normal.product_sku = normal.product_sku.toUpperCase()
  if (typeof normal.facility === 'string') normal.facility = normal.facility.toLowerCase()
  for (const name of ['reanalyze', 'test_shot']) {
    const said = normal[name]
    if (typeof said === 'string') normal[name] = said.toLowerCase()
  }
  normal.production_data = readJsonField('production_data', normal.production_data)
  if (normal.production_data === undefined || normal.production_data === null) delete normal.production_data
  return normal
}

/**
 * Checks the fields of a photo, from a form or from JSON. Throws a 400 that names each wrong one.
 */
export function readPhotoFields(
  request: FastifyRequest,
  raw: Record<string, unknown>,
  schema: TObject,
  products: readonly Product[],
): Omit<PhotoFields, 'fileName'> {
  const normal = normalise(raw)
  const validate = request.compileValidationSchema(schema)
  if (!validate(normal)) {
    throw Object.assign(new Error('invalid fields'), { validation: validate.errors ?? [], validationContext: 'body' })
  }
  const fields = normal as unknown as AnalyzeFieldsBody
  if (!products.some(({ code }) => code === fields.product_sku)) {
    throw badField('product_sku', `is not a known product; known are ${products.map(({ code }) => code).join(', ')}`)
  }
  if (JSON.stringify(fields.production_data ?? null).length > MAX_PRODUCTION_DATA) {
    throw badField('production_data', `must have at most ${MAX_PRODUCTION_DATA} characters as JSON`)
  }
  return {
    productSku: fields.product_sku,
    facility: fields.facility,
    language: fields.language ?? 'en',
    productionData: fields.production_data ?? null,
    metadata: {
      partId: fields.part_id,
      station: fields.station,
      lineId: fields.line_id,
      shift: fields.shift,
      lot: fields.lot,
      operator: fields.operator,
      eventId: fields.event_id,
    },
    reanalyze: fields.reanalyze ?? false,
    testShot: fields.test_shot ?? false,
    caller: request.caller.id,
  }
}

/** The last part of the name as sent, kept only to be shown. */
export function cleanFileName(name: string | undefined): string | null {
  const base =
    cleanText(name ?? '')
      .split(/[\\/]/)
      .at(-1) ?? ''
  return cutText(base.replaceAll(/\p{Cc}/gu, ' ').trim(), MAX_FILE_NAME) || null
}

/** Base64, or a data URL of it. Throws a 400 where it is neither. */
export function decodeBase64Image(text: string, maxBytes: number): Buffer {
  const payload = text.startsWith('data:') ? text.slice(text.indexOf(',') + 1) : text
  if (payload.length > Math.ceil(maxBytes / 3) * 4 + 1024) throw tooLarge(maxBytes)
  const compact = payload.replaceAll(/\s+/g, '')
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact)) {
    throw badField('image', 'must be the picture as base64 or as a base64 data URL')
  }
  const bytes = Buffer.from(compact, 'base64')
  if (bytes.length > maxBytes) throw tooLarge(maxBytes)
  return bytes
}

export const megabytes = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 100) / 100} MB`

export const tooLarge = (maxBytes: number): ProblemError =>
  new ProblemError(413, 'image-too-large', `The image is larger than ${megabytes(maxBytes)}; send a smaller one`)
