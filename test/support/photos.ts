import sharp from 'sharp'

let drawn = 0

/** A small JPEG whose bytes nobody has sent before: duplicates are answered from the store. */
export async function photo(width = 320, height = 240): Promise<Buffer> {
  const tone = drawn++ % 200
  const svg = `<svg width="${width}" height="${height}" xmlns="http://www.w3.org/2000/svg">
    <rect width="100%" height="100%" fill="#8a8d90"/>
    <rect x="${tone}" y="${drawn % 100}" width="9" height="7" fill="rgb(${tone},80,40)"/></svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 91 }).toBuffer()
}

/** A photo as a multipart form; `type` is what the client claims. */
export function photoForm(
  bytes: Buffer | string,
  fields: Record<string, string> = { product_sku: 'WK-KN-200', facility: 'yangjiang' },
  { name = 'image', fileName = 'part.jpg', type = 'application/octet-stream' } = {},
): FormData {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.set(field, value)
  form.set(name, new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], { type }), fileName)
  return form
}
