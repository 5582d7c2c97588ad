import type { Browser } from 'playwright-core'
import type { Test } from 'tap'
import { quality as english } from '../../web/src/texts/en/quality.ts'
import { quality as simplified } from '../../web/src/texts/zh-hans/quality.ts'
import { quality as traditional } from '../../web/src/texts/zh-hant/quality.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { startService } from '../support/service.ts'
import { accessible, openPage, until } from './browser.ts'
import { drawAll, layoutFaults, PAPER } from './geometry.ts'
import { storeJudged } from './judged.ts'
import { check, languages, widths } from './language-check.ts'
import { browserTest } from './stage.ts'

const texts = { en: english, 'zh-Hans': simplified, 'zh-Hant': traditional }

/** How well model and people agree, and from which confidence on the model is believed. */
async function qualityTests(t: Test, browser: Browser): Promise<void> {
  const service = await startService(
    { RATE_LIMIT_PER_IP: '1000' },
    { analyzer: scriptedAnalyzer(() => resultOf([{ ...rust, confidence: 0.99 }])) },
  )
  t.teardown(() => service.close())
  const { page, faults, violations } = await openPage(t, browser)
  await page.goto(`${service.url}/quality`)

  await t.test('of nothing, no figure is shown', async (t) => {
    await page.getByRole('heading', { name: 'No photos yet' }).waitFor()
    t.equal(await page.getByRole('link', { name: 'Go to Inspect' }).getAttribute('href'), '/')
    await page.getByText('No results of this product yet').waitFor()
    t.equal(await page.getByRole('region', { name: 'Precision' }).count(), 0)
    await accessible(t, page, 'Quality, empty')
  })

  await storeJudged(service, [
    { model: 'rust_spot', person: 'rust_spot', confidence: 0.95, count: 40 },
    { model: 'rust_spot', person: null, confidence: 0.75, count: 10 },
    { model: null, person: null, confidence: 0.95, count: 30 },
    { model: null, person: 'blade_chip', confidence: 0.55, count: 3 },
    { model: 'weld_defect', person: 'weld_defect', confidence: 0.55, count: 4 },
    { model: null, confidence: 0.85, count: 12 },
  ])
  await page.reload()
  const figure = (name: string) => page.getByRole('region', { name }).innerText()

  await t.test('figures with their ranges, and too few ones without', async (t) => {
    await page.getByText('87 of 100 results reviewed (87%)').waitFor()
    t.match(await figure('Precision'), /81%.*69% to 90%.*44 of 54/s)
    t.match(await figure('Recall'), /No estimate: no result was drawn at random/, 'not of what people chose to look at')
    t.match(await figure('Agreement'), /85%.*74 of 87/s)
    const weld = await page
      .getByRole('region', { name: 'By defect type' })
      .getByRole('row', { name: /Weld/ })
      .innerText()
    t.match(weld, /too few\s+4 of 4/)
    t.notMatch(weld, /^100%/m)
    t.match(await figure('Where they disagree'), /Rust spot\s+No defect\s+10/)
    await page.getByText('As a table').click()
    t.match(await figure('Can the confidence be believed?'), /70% to 80%\s+10\s+75%\s+0% \(0\)\s+0% to 28%/)
    t.equal(await page.locator('svg g[data-few=true] circle').count(), 1, 'a group of 7 is hollow')
    await accessible(t, page, 'Quality')
  })

  await t.test(
    'recall is of the random sample, with what it rests on, and too few defects give no figure',
    async (t) => {
      const { pool } = service.database
      await pool.query(`update analyses set random_check = true where id in (
      select id from analyses where reviewed_type is not null and not defect_detected
      union all (select id from analyses where reviewed_type = 'rust_spot' limit 7)
      union all (select id from analyses where reviewed_verdict is null limit 2))`)
      await page.reload()
      await page.getByText('Too few defects in the random sample for a figure: 10 of at least 20').waitFor()
      t.match(await figure('Recall'), /Somewhere between 40% and 89%.*Rests on 10 reviewed of 12 results/s)
      t.notMatch(await figure('Recall'), /70%/)
      await pool.query("update analyses set random_check = true where reviewed_type = 'rust_spot'")
      await page.reload()
      await page.getByText('Rests on 43 reviewed of 45 results drawn at random.').waitFor()
      t.match(await figure('Recall'), /93%.*81% to 98%.*40 of 43/s)
      await pool.query('update analyses set random_check = false')
      await page.reload()
    },
  )

  await t.test('filters stand in the address', async (t) => {
    await page.getByLabel('Product').first().selectOption('WK-SC-200')
    await page.getByRole('heading', { name: 'No result fits these filters' }).waitFor()
    t.match(page.url(), /product=WK-SC-200/)
    await page.reload()
    await page.getByRole('heading', { name: 'No result fits these filters' }).waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).last().click()
    await page.getByText('87 of 100').waitFor()
    await page.getByLabel('Model version').selectOption('scripted-1')
    await until(page, `location.search.includes('model=scripted-1')`)
    await page.getByText('87 of 100').waitFor()
    const asked = page.waitForRequest((request) => request.url().includes('to=2020-01-01T16%3A00%3A00.000Z'))
    await page.getByLabel('To', { exact: true }).fill('2020-01-01')
    await page.keyboard.press('Enter')
    t.ok(await asked, 'the day ends where the parts are made')
    await page.getByRole('heading', { name: 'No result fits these filters' }).waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).first().click()
    await page.getByText('87 of 100').waitFor()
  })

  await t.test('too few reviews give no figure', async (t) => {
    await page.route('**/api/v1/quality*', async (route) => {
      const quality = (await (await route.fetch()).json()) as { detection: object }
      const detection = { ...quality.detection, true_positives: 6, false_positives: 1, precision: 0.8571 }
      await route.fulfill({
        json: { ...quality, detection: { ...detection, precision_interval: { low: 0.4869, high: 0.9743 } } },
      })
    })
    await page.reload()
    await page.getByText('Too few reviews for a figure: 7 of at least 20').waitFor()
    t.match(await figure('Precision'), /Somewhere between 49% and 97%/)
    t.notMatch(await figure('Precision'), /86%/)
    await accessible(t, page, 'Quality, too few')
    await page.unrouteAll()
    await page.reload()
  })

  await t.test('a threshold is tried on the last results, set, and taken back', async (t) => {
    await page.getByText('Default: 0.6').waitFor()
    await page.getByText('7% of the last 100 results would go to review (7).').waitFor()
    await page.getByText('Of 13 results that people found wrong, 3 would have been among them.').waitFor()
    await page.getByRole('slider').focus()
    await page.getByRole('slider').fill('0.76')
    await page.getByText('17% of the last 100 results would go to review (17).').waitFor()
    await page.getByText('Of 13 results that people found wrong, 13 would have been among them.').waitFor()
    await page.getByRole('textbox', { name: 'Threshold' }).fill('0.80')
    await page.getByRole('button', { name: 'Set the threshold' }).click()
    await page.getByText(/Own threshold: 0\.8, set by Inspector/).waitFor()
    const asked = await fetch(`${service.url}/api/v1/review-thresholds`)
    t.match(await asked.json(), { thresholds: [{ product_sku: 'WK-KN-200', review_below: 0.8 }] })
    await page.getByRole('button', { name: 'Back to the default' }).click()
    await page.getByText('Default: 0.6').waitFor()
    await page.getByText('7% of the last 100').waitFor()
    await page.getByLabel('Product').last().selectOption('WK-CI-280')
    await page.getByText('No results of this product yet').waitFor()
    t.match(page.url(), /sku=WK-CI-280/)
  })

  await t.test('in every language and width', async (t) => {
    for (const [code, locale] of languages) {
      const quality = texts[code]
      for (const width of widths) {
        const { page: other } = await openPage(t, browser, { locale, viewport: { width, height: 900 } })
        await other.goto(`${service.url}/quality`)
        await other.getByText(quality.calibration.asTable).click()
        await other.getByRole('slider').waitFor()
        await check(t, other, code, `Quality, ${code}, ${width} px`)
        if (code === 'zh-Hans' && width === 360) await accessible(t, other, 'Quality on a phone')
      }
    }
  })
  await t.test(
    'on paper: filters and time are printed, what can only be clicked is not, and nothing overlaps',
    async (t) => {
      const { page: other } = await openPage(t, browser)
      await other.goto(`${service.url}/quality?product=WK-KN-200`)
      await other.getByText('87 of 100').waitFor()
      await drawAll(other)
      for (const [width, height] of PAPER) {
        await other.setViewportSize({ width, height })
        await other.emulateMedia({ media: 'print' })
        await other.getByText('Product: WK-KN-200').waitFor()
        t.ok(await other.getByText(/^As of /).isVisible())
        t.equal(await other.getByRole('button').count(), 0)
        t.equal(await other.getByRole('slider').count(), 0)
        t.same(await layoutFaults(other), [], `${width} x ${height}`)
        await other.emulateMedia({ media: 'screen' })
      }
    },
  )
  t.same([faults, violations], [[], []])
}

browserTest('quality', qualityTests)
