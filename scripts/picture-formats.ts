/** Writes docs/pictures.md: what the service does with each kind of picture, as it did it with a public example of each. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ImageError } from '../api/domain/image-error.ts'
import { createImagePipeline } from '../api/images/pipeline.ts'

const ROOT = resolve(import.meta.dirname, '..')
/** The public files of manifest.json; not part of the repository. */
export const EXAMPLES = resolve(ROOT, '../shared/images/hostile')
export const PICTURES = join(ROOT, 'docs/pictures.md')

const KINDS: [kind: string, example: string][] = [
  ['HEIC (iPhone)', 'heif__example.heic'],
  ['AVIF', 'vips__avif-orientation-6.avif'],
  ['GIF, still or animated', 'sharp__animated-loop-3.gif'],
  ['TIFF, one or several pages', 'sharp__G31D_MULTI.TIF'],
  ['JPEG 2000', 'sharp__relax.jp2'],
  ['SVG', 'sharp__check.svg'],
  ['Animated PNG: its main picture', 'pillow__chunk_actl_after_idat.png'],
  ['PNG of 16 bits a channel', 'pillow__mode_16bit.png'],
  ['PNG with a palette, interlaced', 'png__basi3p01.png'],
  ['Transparent PNG: grey behind it', 'sharp__full-transparent.png'],
  ['CMYK JPEG', 'pillow__pil_sample_cmyk.jpg'],
  ['JPEG with a wide colour space', 'vips__sample-xyb.jpg'],
  ['JPEG with a second picture (HDR gain map): its main picture', 'sharp__gain-map.jpg'],
  ['JPEG on its side, by EXIF: turned upright', 'exif__Landscape_6.jpg'],
  ['JPEG with broken EXIF', 'pillow__invalid-exif.jpg'],
  ['JPEG that is cut off', 'sharp__truncated.jpg'],
  ['More than 50 megapixels', 'made__png-12000x12000.png'],
]

/** The text of docs/pictures.md. Needs the examples. */
export async function describeFormats(): Promise<string> {
  const pipeline = createImagePipeline({ concurrency: 1 })
  const lines: string[] = []
  for (const [kind, example] of KINDS) {
    const answer = await pipeline.prepare(readFileSync(join(EXAMPLES, example))).then(
      ({ upright }) => `taken, ${upright.width} x ${upright.height}`,
      (error: unknown) => {
        if (error instanceof ImageError) return `refused: ${error.message}`
        throw error
      },
    )
    lines.push(`| ${kind} | ${answer} |`)
  }
  await pipeline.close()
  return `# Pictures

JPEG, PNG and WebP stills are taken, told by their bytes; whatever is taken is shown and analysed as an upright sRGB JPEG of 8 bits a
channel, without metadata. This is what became of an example of each kind that is less usual (\`node scripts/picture-formats.ts\`
writes this table). An animated WebP is refused.

| Kind | Answer |
|---|---|
${lines.join('\n')}
`
}

if (import.meta.main) {
  if (!existsSync(EXAMPLES)) {
    process.stderr.write('The example pictures (shared/images/hostile) are not here\n')
    process.exit(1)
  }
  writeFileSync(PICTURES, await describeFormats())
}
