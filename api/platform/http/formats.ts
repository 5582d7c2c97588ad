import type { Ajv } from 'ajv'

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Range of years that PostgreSQL and JavaScript format identically, after applying the offset. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z')
const LATEST = Date.parse('9999-12-31T23:59:59.999Z')

/** Also false for NaN. */
export const isStorableTime = (milliseconds: number): boolean => milliseconds >= EARLIEST && milliseconds <= LATEST

function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text)?.map(Number) ?? []
  if (!year || !month || !day || month > 12) return false
  const end = new Date(0)
  // Date.UTC() maps years below 100 to the 20th century.
  end.setUTCFullYear(year, month, 0)
  return day <= end.getUTCDate()
}

function isDateTime(text: string): boolean {
  const date = DATE_TIME.exec(text)?.[1]
  return date !== undefined && isDate(date) && isStorableTime(Date.parse(text))
}

interface Format {
  validate(text: string): boolean
  /** Describes a valid value, for the problem document. */
  message: string
}

/** Formats for all schemas. Ajv's own accept values that PostgreSQL or JavaScript cannot read. */
export const FORMATS: Record<string, Format> = {
  'date-time': {
    validate: isDateTime,
    message:
      'must be a time such as 2026-11-23T08:00:00+08:00: seconds up to 59, an offset with minutes or Z, and in UTC the years 0001 to 9999',
  },
  date: { validate: isDate, message: 'must be a day such as 2026-11-23, of the years 0001 to 9999' },
  uuid: {
    validate: (text) => UUID.test(text),
    message: 'must be a UUID such as 0f8fad5b-d9cb-469f-a165-70867728950e, without urn:uuid:',
  },
}

/** Pass as onCreate to Fastify's Ajv compiler. Replaces its default formats. */
export function addFormats(ajv: Ajv): void {
  for (const [name, { validate }] of Object.entries(FORMATS)) ajv.addFormat(name, { type: 'string', validate })
}
