import { randomBytes } from 'node:crypto'
import sharp from 'sharp'

/** A knife on grainy metal. The grain makes file size and decoding time realistic. */
export async function drawPhoto(width: number, height: number): Promise<Buffer> {
  const knife = Buffer.from(
    `<svg width="${width}" height="${height}" viewBox="0 0 400 300" preserveAspectRatio="none" xmlns="http://www.w3.org/2000/svg">
      <path d="M20 150 Q140 95 250 130 L250 175 L40 175 Z" fill="#d5d8db"/>
      <rect x="250" y="128" width="130" height="36" rx="12" fill="#2b2724"/>
      <circle cx="120" cy="150" r="4" fill="#8a4a20"/></svg>`,
  )
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 }
  const grain = await sharp({ create: { width: 512, height: 512, channels: 3, background: 'black', noise } })
    .blur(0.6)
    .png()
    .toBuffer()
  return sharp({ create: { width, height, channels: 3, background: '#8d9196' } })
    .composite([{ input: knife }, { input: grain, tile: true, blend: 'soft-light' }])
    .jpeg({ quality: 90 })
    .toBuffer()
}

/** Makes the bytes of a picture unique by a JPEG comment, because duplicates would be answered with the stored result. */
export function withUniqueBytes(jpeg: Buffer): Buffer {
  const comment = Buffer.alloc(20)
  comment.writeUInt16BE(0xfffe)
  comment.writeUInt16BE(18, 2)
  randomBytes(16).copy(comment, 4)
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)])
}
