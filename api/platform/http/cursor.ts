import { isStorableTime } from './formats.ts'
import { badField } from './problem.ts'

/** Position in a list ordered by time. Clients see an opaque string. */
export interface Cursor {
  timestamp: Date
  id: string
}

const CURSOR = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

export const encodeCursor = ({ timestamp, id }: Cursor): string =>
  Buffer.from(`${timestamp.getTime()}.${id}`).toString('base64url')

/** Throws a 400 if the text is not a cursor of this service. */
export function decodeCursor(text: string): Cursor {
  const [, millis, id = ''] = CURSOR.exec(Buffer.from(text, 'base64url').toString()) ?? []
  if (!isStorableTime(Number(millis))) {
    throw badField('cursor', 'was not issued by this service; start without it')
  }
  return { timestamp: new Date(Number(millis)), id }
}
