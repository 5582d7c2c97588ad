import type { Readable } from 'node:stream'
import { type Options, type Stringifier, stringify } from 'csv-stringify'
import { Type } from 'typebox'

/** Response schema of a CSV download. */
export const CsvAnswer = {
  description: 'CSV in UTF-8',
  content: { 'text/csv': { schema: Type.Unsafe<Readable>({ type: 'string' }) } },
}

/** Reads the first row before the response starts, so that an unavailable database still yields a 503. */
export async function withFirstRow<T>(rows: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const first = await rows.next()
  return (async function* () {
    if (!first.done) yield first.value
    yield* rows
  })()
}

/**
 * Spreadsheets run cells that start with these characters (full-width included) as formulas. An apostrophe prevents it.
 */
const guard = (text: string): string => (/^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text)

/** A Content-Disposition header for downloads. Older clients get the name without the characters they cannot read. */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^ -~]+|["\\]/g, '')
  const whole = plain === name ? '' : `; filename*=UTF-8''${encodeURIComponent(name)}`
  return `attachment; filename="${plain}"${whole}`
}

/** Joins the non-empty parts to a file name without characters that file systems reject. */
export const fileName = (...parts: (string | null | undefined)[]): string =>
  parts.flatMap((part) => part?.replaceAll(/[^\p{L}\p{N}._]+/gu, '-').replaceAll(/^-|-$/g, '') || []).join('-')

/** CSV writer for spreadsheets: CRLF, and UTF-8 with a byte order mark, without which Excel garbles Chinese. */
export const csvWriter = (options: Pick<Options, 'header' | 'columns'> = {}): Stringifier =>
  stringify({
    ...options,
    bom: true,
    record_delimiter: 'windows',
    // By default only CRLF is quoted, and a bare line break would split the row.
    quoted_match: /[\r\n]/,
    cast: { string: guard, boolean: String },
  })
