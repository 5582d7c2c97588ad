/** How far into a JPEG its size is looked for: previews and profiles stand before it. */
const HEAD_BYTES = 1024 * 1024

/** Frame headers of JPEG: SOF0 to SOF15 without the three codes between them that mean something else. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

function jpegPixels(head: DataView): number | null {
  let at = 2
  while (at + 9 < head.byteLength && head.getUint8(at) === 0xff) {
    const marker = head.getUint8(at + 1)
    if (isFrame(marker)) return head.getUint16(at + 5) * head.getUint16(at + 7)
    at += 2 + head.getUint16(at + 2)
  }
  return null
}

/** Width times height of a JPEG or PNG by its header, without decoding it; null where that does not tell. */
export async function pixelsOf(file: Blob): Promise<number | null> {
  const head = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer())
  if (head.byteLength < 24) return null
  if (head.getUint16(0) === 0xffd8) return jpegPixels(head)
  if (head.getUint32(0) === 0x89504e47) return head.getUint32(16) * head.getUint32(20)
  return null
}
