import { crc32 } from 'node:zlib'

/** The earliest date that a zip can hold, 1980-01-01: the time of the build would change the bytes each time. */
const date = (1 << 5) | 1

/**
 * A zip archive with one file, its bytes depending on name and content only: stored, as compressed bytes differ from one zlib to another.
 * Format: PKWARE APPNOTE 6.3.10, local header (4.3.7), central directory (4.3.12), end record (4.3.16).
 */
export function zip(name: string, content: Uint8Array): Uint8Array {
  const fileName = Buffer.from(name)
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0) // version needed: 2.0; the method at 4 stays 0, stored
  common.writeUInt16LE(date, 8)
  common.writeUInt32LE(crc32(content), 10)
  common.writeUInt32LE(content.length, 14)
  common.writeUInt32LE(content.length, 18)
  common.writeUInt16LE(fileName.length, 22)

  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, fileName])
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(0o100644 * 2 ** 16, 6) // Unix mode: readable for Lambda's user; the header's own offset is 0
  const central = Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, rest, fileName])
  const end = Buffer.alloc(18)
  end.writeUInt16LE(1, 4) // files on this disk
  end.writeUInt16LE(1, 6) // files in all
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(local.length + content.length, 12)
  return Buffer.concat([local, content, central, Buffer.from('PK\x05\x06'), end])
}
