import { type Options, type Stringifier, stringify } from 'csv-stringify'

/** Spreadsheets run a cell that starts so as a formula, in full width too: it gets an apostrophe. */
const guard = (text: string): string => (/^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text)

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
