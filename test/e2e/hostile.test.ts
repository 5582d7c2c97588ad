import type { Test } from 'tap'
import { photo } from '../../fixtures/photos.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { addPhotos, jpegFile, openPage, rowOf } from './browser.ts'
import { type Stage, stageTest } from './stage.ts'

const MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
const FILE = '<img src=x onerror=window.hacked=1>.jpg'

/** What a client or the model writes is shown as it is written, and does nothing. */
async function hostileTests(t: Test, { browser, service, analyzer }: Stage): Promise<void> {
  analyzer.answer = () =>
    resultOf([{ ...rust, description: `${MARKUP} finding` }], {
      description: `${MARKUP} description`,
      root_cause: MARKUP,
      five_why_chain: [MARKUP, 'javascript:window.hacked=1'],
      contributing_factors: [MARKUP],
      ishikawa_analysis: {
        machine: MARKUP,
        material: MARKUP,
        method: MARKUP,
        man: MARKUP,
        measurement: MARKUP,
        environment: MARKUP,
      },
      corrective_actions: [MARKUP],
      preventive_actions: [MARKUP],
    })
  const { page, faults } = await openPage(t, browser)
  const harmless = async (screen: string) => {
    t.equal(await page.evaluate('window.hacked'), undefined, `${screen}: nothing ran`)
    t.equal(await page.locator('img[src=x]').count(), 0, `${screen}: no element was made`)
  }
  const headers = (await page.goto(service.url))?.headers() ?? {}
  t.match(headers['content-security-policy'], /default-src 'self'.*frame-ancestors 'none'/)
  t.notMatch(headers['content-security-policy'], /(script|default)-src[^;]*unsafe/)
  t.match(headers, { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
  await addPhotos(page, jpegFile(FILE, await photo()))
  await rowOf(page, FILE).and(page.locator('[data-state=done]')).waitFor()
  await page.locator('article').waitFor()
  t.equal(await page.locator('article').getByText(`${MARKUP} description`).count(), 1)
  await harmless('Inspect')

  await page.getByRole('link', { name: 'Open on its own page' }).click()
  await page.waitForURL('**/results/*')
  await page.getByText('Details of the analysis').click()
  await page.getByRole('dialog').getByText(FILE, { exact: true }).waitFor()
  t.equal(await page.locator('dd').getByText(FILE, { exact: true }).count(), 1)
  await harmless('Result')
  await page.keyboard.press('Escape')

  await page.getByRole('link', { name: 'History' }).click()
  await page.getByRole('row').getByText(FILE).waitFor()
  await harmless('History')
  t.same(faults, [])
}

stageTest('L7 hostile texts', hostileTests)
