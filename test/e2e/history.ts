import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import type { Test } from 'tap'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { photo, photoForm } from '../support/photos.ts'
import { startService } from '../support/service.ts'
import { openPage, until } from './browser.ts'

const COUNT = 55

export async function historyTests(t: Test, browser: Browser): Promise<void> {
  let asked = 0
  const analyzer = scriptedAnalyzer(() => resultOf(asked++ % 5 === 0 ? [rust] : []))
  const service = await startService({ RATE_LIMIT_PER_IP: '1000' }, { analyzer })
  t.teardown(() => service.close())
  const { page, faults } = await openPage(t, browser)

  await page.goto(`${service.url}/history`)
  await page.getByRole('heading', { name: 'No results yet' }).waitFor()

  for (let number = 1; number <= COUNT; number++) {
    const facility = number <= 50 ? 'yangjiang' : 'hongkong'
    const body = photoForm(await photo(), { product_sku: 'WK-KN-200', facility, lot: `LOT-${number}` })
    const response = await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body })
    if (!response.ok) throw new Error(await response.text())
  }
  const rows = page.locator('tbody tr')
  const firstLink = () => rows.first().getByRole('link').getAttribute('href')

  await t.test('pages: next, reload, previous, and the back button', async (t) => {
    await page.reload()
    await rows.nth(24).waitFor()
    const first = await firstLink()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('Page 2').waitFor()
    await until(page, `document.querySelector('tbody a')?.getAttribute('href') !== '${first}'`)
    const second = await firstLink()
    await page.reload()
    await rows.nth(24).waitFor()
    t.equal(await firstLink(), second, 'a reload stays on the page')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('Page 3').waitFor()
    await until(page, `document.querySelectorAll('tbody tr').length === 5`)
    t.ok(await page.getByRole('button', { name: 'Next' }).isDisabled())
    await page.getByRole('button', { name: 'Previous' }).click()
    await page.getByText('Page 2').waitFor()
    await until(page, `document.querySelector('tbody a')?.getAttribute('href') === '${second}'`)
    await rows.first().getByRole('link').click()
    await page.waitForURL('**/results/*')
    await page.goBack()
    await page.getByText('Page 2').waitFor()
    t.equal(await firstLink(), second)
  })

  await t.test('filters stand in the address and hold for the CSV', async (t) => {
    await page.goto(`${service.url}/history`)
    await page.getByLabel('Defect', { exact: true }).selectOption('yes')
    await page.getByLabel('Facility').selectOption('hongkong')
    await until(page, `document.querySelectorAll('tbody tr').length === 1`)
    t.match(page.url(), /defect=yes/)
    t.match(page.url(), /facility=hongkong/)
    await page.reload()
    await rows.first().waitFor()
    t.equal(await rows.count(), 1)
    t.equal(await page.getByLabel('Facility').inputValue(), 'hongkong')
    const id = (await firstLink())?.split('/').at(-1) ?? 'none'

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ])
    t.match(download.suggestedFilename(), /^analyses-\d{4}-\d\d-\d\d\.csv$/)
    const csv = await readFile(await download.path(), 'utf8')
    t.equal(csv.trim().split('\n').length, 2, 'the heading and one row')
    t.match(csv, id)

    await page.getByRole('button', { name: 'Clear filters' }).click()
    await rows.nth(24).waitFor()
    await page.getByLabel('Text').fill('LOT-17')
    await until(page, `document.querySelectorAll('tbody tr').length === 1`)
    await page.getByLabel('Text').fill('nothing has this')
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor()
    await page.goBack()
    t.same(await page.getByLabel('Text').inputValue(), '', 'back takes the filter away')
    const asked = page.waitForRequest((request) => request.url().includes('to=2020-01-01T16%3A00%3A00.000Z'))
    await page.getByLabel('To').fill('2020-01-01')
    t.ok(await asked, 'the day ends where the parts are made, not where the reader is')
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor()
  })
  t.same(faults, [])
}
