/** What is stored and served of an uploaded photo: turned upright, without what else its file held, by names of ours. */
import sharp from 'sharp'
import t from 'tap'
import { analyses } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { drawPart } from '../../fixtures/sample-parts/draw-part.ts'
import { analysisOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

// The local analyzer, as findings and boxes are to be those of a real one.
const service = await startService({ RATE_LIMIT_PER_IP: '10000' })
t.teardown(() => service.close())

async function analyse(bytes: Buffer, fileName = 'part.jpg') {
  const response = await fetch(`${service.url}/api/v1/analyze`, {
    method: 'POST',
    body: photoForm(bytes, undefined, { fileName }),
  })
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  return analysisOf(response)
}
const get = async (url: string) => {
  const response = await fetch(url)
  return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}

/** What a camera stores so that, turned as the EXIF orientation says, the picture is upright: the inverse of each turn. */
async function storedBy(orientation: number, upright: Buffer): Promise<Buffer> {
  const flipped = orientation === 5 || orientation === 7 ? await sharp(upright).flip().png().toBuffer() : upright
  const picture = sharp(flipped)
  if (orientation === 2) picture.flop()
  if (orientation === 3) picture.rotate(180)
  if (orientation === 4) picture.flip()
  if (orientation === 5 || orientation === 8) picture.rotate(90)
  if (orientation === 6 || orientation === 7) picture.rotate(270)
  const turned = await picture.png().toBuffer()
  return sharp(turned).withMetadata({ orientation }).png().toBuffer()
}

t.test('U7 all eight EXIF orientations give the same findings in the same boxes', async (t) => {
  const part = await drawPart({ kind: 'knife', seed: 101, width: 960, height: 640, defect: { type: 'rust_spot' } })
  const upright = await sharp(part.jpeg).png().toBuffer()
  const first = await analyse(await storedBy(1, upright))
  t.match(first, { defect_type: 'rust_spot', image_width: 960, image_height: 640 })
  for (let orientation = 2; orientation <= 8; orientation++) {
    const turned = await analyse(await storedBy(orientation, upright))
    t.same([turned.image_width, turned.image_height], [960, 640], `orientation ${orientation}`)
    t.same(
      turned.defects.map(({ defect_type }) => defect_type),
      first.defects.map(({ defect_type }) => defect_type),
    )
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      const apart = Math.abs((turned.bounding_box?.[side] ?? Number.NaN) - (first.bounding_box?.[side] ?? 0))
      t.ok(apart <= 2, `orientation ${orientation}: ${side} is ${apart} pixels off`)
    }
  }
})

t.test('U8 what is served has no metadata and no byte of the file that came', async (t) => {
  const place = { GPSLatitude: '22/1 0/1 0/1', GPSLatitudeRef: 'N' }
  const marked = sharp(await photo())
    .withExif({ IFD0: { Artist: 'SECRET-ARTIST' }, IFD3: place })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>SECRET-XMP</secret></x:xmpmeta>')
  const tail = Buffer.from('PK\x03\x04 SECRET-TAIL <html><script>alert(1)</script></html>', 'latin1')
  const jpeg = await marked.clone().jpeg().toBuffer()
  t.ok((await sharp(jpeg).metadata()).exif, 'the photo that is sent has EXIF')
  const comment = Buffer.from([0xff, 0xfe, 0, 22, ...Buffer.from('<script>SECRET</scr>')])
  for (const bytes of [
    Buffer.concat([jpeg, tail]),
    Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]),
    Buffer.concat([await marked.clone().png().toBuffer(), tail]),
    await marked.clone().webp().toBuffer(),
  ]) {
    const { image_url, thumbnail_url } = await analyse(bytes)
    for (const url of [image_url, thumbnail_url]) {
      const { bytes: served } = await get(url)
      const { format, exif, xmp, icc, iptc } = await sharp(served).metadata()
      t.same({ format, exif, xmp, icc, iptc }, { format: 'jpeg' })
      for (const text of ['SECRET', '<script', 'PK\x03\x04', 'Exif\0'])
        t.notOk(served.includes(text, 0, 'latin1'), text)
    }
  }
})

const NAMES = [
  '"><img src=x onerror=alert(1)>.jpg',
  '..\\..\\..\\windows\\x.jpg',
  '../../etc/passwd',
  'a\r\nSet-Cookie: x=1\r\n.jpg',
  '\u202egpj.exe',
  'nul\0.jpg',
  `${'x'.repeat(300)}.jpg`,
  '刀身 🔪.jpg',
  '',
]

t.test('U9 a picture is served as image/jpeg under our name, whatever its own was', async (t) => {
  for (const name of NAMES) {
    const { image_url, thumbnail_url, defect_id } = await analyse(await photo(), name)
    for (const url of [image_url, thumbnail_url]) {
      const { headers } = await get(url)
      t.equal(headers.get('content-type'), 'image/jpeg')
      t.equal(headers.get('x-content-type-options'), 'nosniff')
      t.equal(headers.get('content-disposition'), `inline; filename="${defect_id}.jpg"`, JSON.stringify(name))
      t.equal(headers.get('set-cookie'), null)
    }
  }
})

t.test('U10 the keys of stored objects are made by the service', async (t) => {
  for (const name of NAMES) await analyse(await photo(), name)
  const rows = await service.database.db.select().from(analyses)
  t.ok(rows.length >= NAMES.length)
  const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'
  const ours = new RegExp(`^analyses/\\d{4}/\\d{2}/\\d{2}/${uuid}/image\\.jpg$`)
  for (const { imageS3Key } of rows) t.match(imageS3Key, ours)
  t.equal(new Set(rows.map(({ imageS3Key }) => imageS3Key)).size, rows.length, 'no two alike')
})
