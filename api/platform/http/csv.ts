import { type Options, type Stringifier, stringify } from 'csv-stringify'

/** Spreadsheets run a cell that starts so as a formula, in full width too: it gets an apostrophe. */
const guard = (text: string): string => (/^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text)

/** The header Content-Disposition of a file; what older clients cannot read of its name is left out for them. */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^ -~]+|["\\]/g, '')
  const whole = plain === name ? '' : `; filename*=UTF-8''${encodeURIComponent(name)}`
  return `attachment; filename="${plain}"${whole}`
}

/** A file name of what there is, without what file systems do not take. */
export const fileName = (...parts: (string | null | undefined)[]): string =>
  parts.flatMap((part) => part?.replaceAll(/[^\p{L}\p{N}._]+/gu, '-').replaceAll(/^-|-$/g, '') || []).join('-')

/** A writer of CSV as spreadsheets want it: UTF-8 with a byte order mark, without which Excel garbles Chinese, and CRLF. */
export const csvWriter = (options: Pick<Options, 'header' | 'columns'> = {}): Stringifier =>
  stringify({
    ...options,
    bom: true,
    record_delimiter: 'windows',
    // By itself it quotes CRLF only, and a bare line break would tear the row apart.
    quoted_match: /[\r\n]/,
    cast: { string: guard, boolean: String },
  })
