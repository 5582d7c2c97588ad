import type { Test } from 'tap'
import { photo } from '../../fixtures/photos.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { addPhotos, jpegFile, openPage, rowOf, until } from './browser.ts'
import { type Stage, stageTest } from './stage.ts'

const SENTENCE = 'The vacuum pump of furnace 2 reached its limit pressure late, so that the blade cooled too slowly. '
const full = resultOf(
  [
    { ...rust, description: SENTENCE.repeat(2) },
    { ...rust, defect_type: 'blade_scratch', severity: 'minor', bounding_box: { x: 90, y: 60, width: 50, height: 30 } },
  ],
  {
    description: SENTENCE.repeat(2),
    root_cause: SENTENCE.repeat(2),
    five_why_chain: Array.from({ length: 5 }, () => SENTENCE),
    contributing_factors: [SENTENCE, SENTENCE],
    ishikawa_analysis: {
      machine: SENTENCE,
      material: SENTENCE,
      method: SENTENCE,
      man: '',
      measurement: SENTENCE,
      environment: SENTENCE,
    },
    corrective_actions: [SENTENCE, SENTENCE, SENTENCE],
    preventive_actions: [SENTENCE, SENTENCE],
  },
)

/** A result on paper: one A4 page, light, with the whole picture, and without what only a screen can do. */
async function printingTests(t: Test, { browser, service, analyzer }: Stage): Promise<void> {
  analyzer.answer = () => full
  const { page } = await openPage(t, browser, { colorScheme: 'dark' })
  await page.goto(service.url)
  await addPhotos(page, jpegFile('paper.jpg', await photo(800, 600)))
  await rowOf(page, 'paper.jpg').and(page.locator('[data-state=done]')).waitFor()
  await page.getByRole('button', { name: 'Zoom in' }).click()

  for (const screen of ['Inspect', 'Result']) {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    t.equal(await page.evaluate('getComputedStyle(document.body).color'), 'rgb(26, 33, 41)', `${screen}: dark on light`)
    for (const name of ['Print', 'Zoom in', 'Choose photos', 'Sign out']) {
      t.equal(await page.getByRole('button', { name }).count(), 0, `${screen}: no button ${name}`)
    }
    t.ok(await page.getByText('Wiko Defect Analyzer · Inspection result').isVisible())
    t.ok(await page.getByText('Signature').isVisible())
    t.ok(await page.locator('svg image').isVisible(), `${screen}: the picture`)
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
    t.equal(pdf.match(/\/Type \/Page\b/g)?.length, 1, `${screen}: one page`)
    t.match(pdf, /\/MediaBox \[0 0 59[45][\d.]* 84[12]/, `${screen}: A4`)
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' })
    if (screen === 'Result') return
    await page.getByRole('link', { name: 'Open on its own page' }).click()
    await page.waitForURL('**/results/*')
    await until(page, `document.querySelector('[role=application] img')?.complete === true`)
  }
}

stageTest('printing', printingTests)
