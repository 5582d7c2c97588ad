import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import type { Test } from 'tap'
import { analyses } from '../../drizzle/schema.ts'
import { drawPart } from '../../fixtures/sample-parts/draw-part.ts'
import { startService } from '../support/service.ts'
import { addPhotos, jpegFile, openPage, until } from './browser.ts'
import { browserTest } from './stage.ts'

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Share of the union that two boxes have in common. */
function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  const common = Math.max(0, width) * Math.max(0, height)
  return common / (a.width * a.height + b.width * b.height - common)
}

/** A camera held upright stores the picture on its side and says so in EXIF. */
const onItsSide = (jpeg: Buffer): Promise<Buffer> =>
  sharp(jpeg).rotate(-90).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer()

const RECORD_STATES = `
  window.states = []
  new MutationObserver(() => {
    const state = document.querySelector('li[data-state]')?.dataset.state
    if (state && state !== window.states.at(-1)) window.states.push(state)
  }).observe(document, { subtree: true, childList: true, attributes: true })`

/** Where the first box stands on the screen, in pixels of the picture. */
const drawnBox = (page: Page): Promise<Box> =>
  page.evaluate<Box>(`(() => {
    const picture = document.querySelector('[role=application] img')
    const at = picture.getBoundingClientRect()
    const box = document.querySelector('[data-finding="1"] rect:nth-child(2)').getBoundingClientRect()
    const scale = picture.naturalWidth / at.width
    return {
      x: (box.left - at.left) * scale, y: (box.top - at.top) * scale,
      width: box.width * scale, height: box.height * scale,
    }
  })()`)

/** Photo in, verdict out, found again: the job that everything else serves. Real local analyzer. */
async function mainJobTests(t: Test, browser: Browser): Promise<void> {
  const service = await startService()
  t.teardown(() => service.close())
  const { page, faults } = await openPage(t, browser)
  const part = await drawPart({ kind: 'knife', seed: 7, defect: { type: 'rust_spot' } })

  await page.addInitScript(RECORD_STATES)
  await page.goto(service.url)
  await page.getByText('Local analyzer, no AI model: not for release decisions').waitFor()
  await page.getByLabel('Facility').selectOption('shenzhen')
  await addPhotos(page, jpegFile('knife 0412.jpg', await onItsSide(part.jpeg)))

  await page.getByRole('heading', { name: 'Rust spot' }).waitFor()
  t.same(
    await page.evaluate('window.states'),
    ['preparing', 'uploading', 'analysing', 'done'],
    'the queue told each step',
  )
  const article = page.locator('article')
  t.equal(await article.getByTitle('Defect found').innerText(), 'NG')
  t.ok(await article.getByText('Critical').first().isVisible())

  const [row] = await service.database.db.select().from(analyses)
  if (!row) throw new Error('there is no row')
  t.match(row, { facility: 'shenzhen', productSku: 'WK-KN-200', defectType: 'rust_spot', fileName: 'knife 0412.jpg' })
  t.match(row, { imageWidth: 1200, imageHeight: 800, verdict: 'ng' })
  const truth = part.boxes[0] as Box
  t.ok(overlap(row.boundingBox as Box, truth) > 0.3, 'the stored box is where the spot was drawn, right way up')
  await until(page, `document.querySelector('[role=application] img').naturalWidth === 1200`)
  t.ok(overlap(await drawnBox(page), truth) > 0.3, 'and so is the box on the screen')

  await page.reload()
  await page.getByRole('link', { name: 'History' }).click()
  await page.getByRole('row').filter({ hasText: 'knife 0412.jpg' }).getByRole('link').click()
  await page.waitForURL(`**/results/${row.defectId}`)
  await page.getByRole('heading', { level: 1, name: 'Rust spot' }).waitFor()

  const picture = page.locator('[role=application] img')
  const served = await page.request.get((await picture.getAttribute('src')) ?? '')
  const stored = await readFile(join(service.config.dataDir, 'images', row.imageS3Key))
  t.ok(stored.equals(await served.body()), 'the picture that is shown is the one in the store')
  t.match(await sharp(stored).metadata(), { format: 'jpeg', width: 1200, height: 800 })
  t.ok(
    service.logs.some((line) => line.includes('photo analysed') && line.includes(row.defectId)),
    'the log has the id',
  )
  t.equal((await service.database.db.select().from(analyses).where(eq(analyses.defectId, row.defectId))).length, 1)
  t.same(faults, [])
}

browserTest('main job', mainJobTests)
