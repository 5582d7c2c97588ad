/** Makes the pictures below web/public that are committed: the icons from favicon.svg, and the sample photo. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { drawPart } from '../fixtures/sample-parts/draw-part.ts'

const folder = resolve(import.meta.dirname, '../web/public')
const icon = await readFile(join(folder, 'favicon.svg'))
/** The blue of its ground. A launcher cuts its own shape out of a maskable icon, and iOS rounds the corners itself. */
const ground = { r: 0x24, g: 0x52, b: 0x83, alpha: 1 }
/** Pixels of the icon's own drawing. */
const DRAWN_AT = 32
const density = (pixels: number): number => (72 * pixels) / DRAWN_AT

const draw = (pixels: number) => sharp(icon, { density: density(pixels) }).resize(pixels)
/** On a full ground with a margin: within the inner 80 % nothing is cut off. */
const onGround = async (pixels: number, share: number) =>
  sharp({ create: { width: pixels, height: pixels, channels: 4, background: ground } }).composite([
    { input: await draw(Math.round(pixels * share)).toBuffer() },
  ])
const png = { compressionLevel: 9, palette: true }

await mkdir(join(folder, 'icons'), { recursive: true })
for (const pixels of [192, 512]) {
  await draw(pixels)
    .png(png)
    .toFile(join(folder, `icons/icon-${pixels}.png`))
}
await (await onGround(512, 0.8)).png(png).toFile(join(folder, 'icons/maskable-512.png'))
await (await onGround(180, 0.9)).png(png).toFile(join(folder, 'icons/apple-touch-icon.png'))

const sample = await drawPart({ kind: 'knife', seed: 7, defect: { type: 'rust_spot' } })
await writeFile(
  join(folder, 'sample-knife.jpg'),
  await sharp(sample.jpeg).jpeg({ quality: 80, mozjpeg: true }).toBuffer(),
)
