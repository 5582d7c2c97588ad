import { createHash } from 'node:crypto'
import { GoldenError } from './errors.ts'
import type { ModelInfo } from './model.ts'

/*
 * A model is one run of bytes, the same in memory and in a file:
 *   0   8 bytes  MAGIC
 *   8   uint32   format version, little-endian as all numbers
 *   12  uint32   length of the header in bytes
 *   16  header   JSON in UTF-8: { info, sections: { name: [offset, length] } }, offsets from the start of the file
 *   ..  sections each on a multiple of 8
 *   end 32 bytes SHA-256 of all before
 */
const MAGIC = Buffer.from('WIKOGOLD')
const VERSION = 1
const FIXED = 16
const HASH = 32

export type Sections = Record<string, Uint8Array | Int8Array | Float32Array>

interface Header {
  info: ModelInfo
  sections: Record<string, [offset: number, length: number]>
}

const aligned = (offset: number): number => Math.ceil(offset / 8) * 8

/** In shared memory, so that threads read a model without copying it. */
export function pack(info: ModelInfo, sections: Sections): Uint8Array {
  const lengths = Object.entries(sections).map(([name, { byteLength }]) => [name, byteLength] as const)
  const place = (start: number): { header: Header; end: number } => {
    let end = start
    const placed = lengths.map(([name, length]) => {
      const offset = aligned(end)
      end = offset + length
      return [name, [offset, length]] as const
    })
    return { header: { info, sections: Object.fromEntries(placed) as Header['sections'] }, end }
  }
  // The header's length depends on the offsets in it: room for them to grow by.
  const room = Buffer.byteLength(JSON.stringify(place(0).header)) + 16 * lengths.length + 16
  const { header, end } = place(FIXED + room)
  const bytes = new Uint8Array(new SharedArrayBuffer(end + HASH))
  bytes.set(MAGIC)
  const view = new DataView(bytes.buffer)
  view.setUint32(8, VERSION, true)
  view.setUint32(12, room, true)
  bytes.set(Buffer.from(JSON.stringify(header).padEnd(room)), FIXED)
  for (const [name, [offset]] of Object.entries(header.sections)) {
    const from = sections[name]
    if (from) bytes.set(new Uint8Array(from.buffer, from.byteOffset, from.byteLength), offset)
  }
  bytes.set(hashOf(bytes), end)
  return bytes
}

/** Throws GoldenError 'damaged' or 'version'. Reads all bytes once. */
export function verify(bytes: Uint8Array): void {
  if (bytes.length < FIXED + HASH || !MAGIC.equals(bytes.subarray(0, MAGIC.length))) {
    throw new GoldenError('damaged', 'these bytes are no model of golden samples')
  }
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true)
  if (version !== VERSION) {
    throw new GoldenError(
      'version',
      `the model has format version ${version}; this release reads ${VERSION}: fit it again`,
    )
  }
  if (!hashOf(bytes).equals(bytes.subarray(-HASH))) {
    throw new GoldenError('damaged', 'the model is damaged: its checksum is wrong. Read it again, or fit it again')
  }
}

const hashOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes.subarray(0, -HASH)).digest()

export function headerOf(bytes: Uint8Array): Header {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(12, true)
  return JSON.parse(Buffer.from(bytes.subarray(FIXED, FIXED + length)).toString('utf8'))
}

/** Views on the bytes; nothing is copied. */
export class Reader {
  readonly info: ModelInfo
  readonly #bytes: Uint8Array
  readonly #sections: Header['sections']

  constructor(bytes: Uint8Array) {
    const { info, sections } = headerOf(bytes)
    this.info = info
    this.#bytes = bytes
    this.#sections = sections
  }

  has(name: string): boolean {
    return name in this.#sections
  }

  bytes(name: string): Uint8Array {
    const [offset, length] = this.#find(name)
    return this.#bytes.subarray(offset, offset + length)
  }

  int8(name: string): Int8Array {
    const [offset, length] = this.#find(name)
    return new Int8Array(this.#bytes.buffer, this.#bytes.byteOffset + offset, length)
  }

  float32(name: string): Float32Array {
    const [offset, length] = this.#find(name)
    return new Float32Array(this.#bytes.buffer, this.#bytes.byteOffset + offset, length / 4)
  }

  #find(name: string): [number, number] {
    const found = this.#sections[name]
    if (!found) throw new GoldenError('damaged', `the model has no part "${name}"`)
    return found
  }
}
