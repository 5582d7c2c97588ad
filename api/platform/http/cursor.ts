import { isStorableTime } from './formats.ts'
import { badField } from './problem.ts'

/** Place in a list that is ordered by time; goes over the wire as an opaque text. */
export interface Cursor {
  timestamp: Date
  id: string
}

const CURSOR = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

export const encodeCursor = ({ timestamp, id }: Cursor): string =>
  Buffer.from(`${timestamp.getTime()}.${id}`).toString('base64url')

/** Throws a 400 where the text is not one that we gave. */
export function decodeCursor(text: string): Cursor {
  const [, millis, id = ''] = CURSOR.exec(Buffer.from(text, 'base64url').toString()) ?? []
  if (!isStorableTime(Number(millis))) {
    throw badField('cursor', 'is not one that this service gave; start without it')
  }
  return { timestamp: new Date(Number(millis)), id }
}
