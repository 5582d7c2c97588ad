/** The main screens in Firefox, as many plants have it. Playwright needs a patched Firefox; Puppeteer drives Debian's by WebDriver BiDi. */
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import puppeteer, { type Page } from 'puppeteer-core'
import t, { type Test } from 'tap'
import { analyses } from '../../drizzle/schema.ts'
import { drawPart } from '../../fixtures/sample-parts/draw-part.ts'
import { buildPageIfStale } from '../../scripts/built-page.ts'
import { startService, testFolder } from '../support/service.ts'
import { drawAll, layoutFaults, verdictInView } from './geometry.ts'

const WIDTHS = [360, 820, 1440]
const executablePath = [process.env.FIREFOX, '/usr/bin/firefox-esr'].find((path) => path && existsSync(path))
const skip = executablePath ? false : 'Firefox is not here: install the package firefox-esr, or set FIREFOX to its path'

const heading = (page: Page, name: string) => page.locator(`::-p-aria([name="${name}"][role="heading"])`).wait()
const button = (page: Page, name: string) => page.locator(`::-p-aria([name="${name}"][role="button"])`)
const link = (page: Page, name: string) => page.locator(`::-p-aria([name="${name}"][role="link"])`)
const text = (page: Page, words: string) => page.locator(`::-p-text(${words})`).wait()

t.setTimeout(300_000)

t.test('photo in, verdict out, found again, counted and confirmed, in Firefox', { skip }, async (t) => {
  await buildPageIfStale()
  const folder = testFolder()
  const service = await startService()
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: executablePath ?? '',
    userDataDir: join(folder.path, 'profile'),
    extraPrefsFirefox: { 'intl.accept_languages': 'en-US' },
  })
  t.teardown(async () => {
    await browser.close()
    await service.close()
    folder.remove()
  })
  const page = await browser.newPage()
  page.setDefaultTimeout(60_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.setViewport({ width: 1440, height: 900 })

  const part = await drawPart({ kind: 'knife', seed: 7, defect: { type: 'rust_spot' } })
  const photo = join(folder.path, 'knife 0412.jpg')
  await mkdir(folder.path, { recursive: true })
  await writeFile(photo, part.jpeg)

  await page.goto(service.url)
  const input = await page.waitForSelector('input[type=file]')
  await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(photo)
  await heading(page, 'Rust spot')
  t.ok(await verdictInView(page), 'the verdict is in the first view')
  await tidy(t, page, 'inspect')

  await link(page, 'History').click()
  await text(page, 'knife 0412.jpg')
  await tidy(t, page, 'history')

  const [row] = await service.database.db.select().from(analyses)
  await page.goto(`${service.url}/results/${row?.defectId}`)
  await heading(page, 'Rust spot')
  await tidy(t, page, 'result')

  await link(page, 'Dashboard').click()
  await heading(page, 'Dashboard')
  await text(page, 'Photos')
  await tidy(t, page, 'dashboard')

  await page.goto(`${service.url}/results/${row?.defectId}`)
  await button(page, 'Confirm NG').click()
  await text(page, 'Confirmed by Inspector')
  const [reviewed] = await service.database.db.select().from(analyses)
  t.match(reviewed?.review, { kind: 'confirm' }, 'the verdict of the person is stored')
  await link(page, 'Review').click()
  await heading(page, 'Review')
  await tidy(t, page, 'review')
  t.same(faults, [])
})

/** Nothing over each other, cut off or wider than the window, on a phone, a tablet and a desk. */
async function tidy(t: Test, page: Page, screen: string): Promise<void> {
  await drawAll(page)
  for (const width of WIDTHS) {
    await page.setViewport({ width, height: 900 })
    await page.evaluate('scrollTo(0, 0)')
    t.same(await layoutFaults(page), [], `${screen}, ${width} px`)
  }
  await page.setViewport({ width: 1440, height: 900 })
}
