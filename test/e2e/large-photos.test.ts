import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import type { Test } from 'tap'
import { analyses } from '../../drizzle/schema.ts'
import { resultOf, scriptedAnalyzer } from '../support/analyzers.ts'
import { startService } from '../support/service.ts'
import { addPhotos, jpegFile, openPage, rowOf } from './browser.ts'
import { browserTest } from './stage.ts'

const HEIC = resolve(import.meta.dirname, '../../../shared/images/hostile/heif__example.heic')
const MB = 1024 * 1024

/** A photo of a camera held upright: red where the picture's upper left is, once EXIF has been obeyed. */
async function bigPhoto(width: number, height: number): Promise<Buffer> {
  const ground = await sharp({
    create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 12 } },
  })
    .png({ compressionLevel: 1 })
    .toBuffer()
  // Orientation 6 is turned to the right: what is upper left then lies lower left in the file.
  const red = { create: { width: 900, height: 900, channels: 3 as const, background: '#e01010' } }
  return sharp(ground)
    .composite([{ input: red, left: 0, top: height - 900 }])
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 92 })
    .toBuffer()
}

browserTest('large photos', async (t: Test, browser: Browser) => {
  const analyzer = scriptedAnalyzer(() => resultOf())
  const service = await startService({ MAX_IMAGE_SIZE_MB: '8', RATE_LIMIT_PER_IP: '1000' }, { analyzer })
  t.teardown(() => service.close())
  const { page, faults, violations } = await openPage(t, browser)
  const upload = async () => {
    const request = await page.waitForRequest((one) => one.url().endsWith('/api/v1/analyze'))
    return Number((await request.allHeaders())['content-length'])
  }
  const done = async (name: string) => {
    await rowOf(page, name).and(page.locator('[data-state=done]')).waitFor()
    return rowOf(page, name).innerText()
  }
  const stored = async (name: string) =>
    (await service.database.db.select().from(analyses)).find(({ fileName }) => fileName === name)
  await page.goto(service.url)

  await t.test(
    'a photo over the limit is scaled before it is sent, upright, with pixels for the analysis',
    async (t) => {
      const bytes = await bigPhoto(6000, 4500)
      t.ok(bytes.length > 8 * MB, `${(bytes.length / MB).toFixed(1)} MB`)
      const sent = upload()
      await addPhotos(page, jpegFile('big.jpg', bytes))
      t.ok((await sent) < 8 * MB, `${await sent} bytes were sent`)
      t.match(await done('big.jpg'), new RegExp(`scaled from ${(bytes.length / MB).toFixed(1).replace('.0', '')} MB`))
      t.match(await stored('big.jpg'), { imageWidth: 3072, imageHeight: 4096 })
      const seen = sharp(analyzer.inputs.at(-1)?.image.jpeg)
      // stats() would look at the whole picture.
      const [red = 0, green = 0] = await seen.extract({ left: 100, top: 100, width: 1, height: 1 }).raw().toBuffer()
      t.ok(red > 180 && green < 60, `red is in the upper left: ${red}, ${green}`)

      await page.reload()
      t.match(await done('big.jpg'), /scaled from/, 'it still says so after a reload')
    },
  )

  await t.test('a photo of a phone goes out as it is', async (t) => {
    const bytes = await sharp({ create: { width: 4032, height: 3024, channels: 3, background: '#777' } })
      .jpeg()
      .toBuffer()
    await addPhotos(page, jpegFile('phone.jpg', bytes))
    t.notMatch(await done('phone.jpg'), /scaled/)
    t.match(await stored('phone.jpg'), { imageWidth: 4032, imageHeight: 3024 })
  })

  const skip = existsSync(HEIC) ? false : 'shared/images is not here'
  await t.test('HEIC is converted in a browser that cannot show it', { skip }, async (t) => {
    await addPhotos(page, { name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer: readFileSync(HEIC) })
    t.match(await done('IMG_0001.HEIC'), /converted from HEIC, 701 KB/)
    t.match(await stored('IMG_0001.HEIC'), { imageWidth: 1280, imageHeight: 854 })
    const { channels } = await sharp(analyzer.inputs.at(-1)?.image.jpeg).stats()
    t.ok(
      channels.every(({ stdev }) => stdev > 20),
      'there is a picture in it',
    )
  })
  t.same([faults, violations], [[], []])
})
