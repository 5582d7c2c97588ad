import type { Test } from 'tap'
import { resultOf, rust } from '../support/analyzers.ts'
import { until } from './browser.ts'
import { button, openResult, storeResult } from './results.ts'
import { type Stage, stageTest } from './stage.ts'

/** The picture beside the last good part and in another light; fishbone and drawer. */
async function verdictViewTests(t: Test, stage: Stage): Promise<void> {
  const place = { product_sku: 'WK-CI-200' }
  const id = await storeResult(stage, resultOf([rust]), place)
  const { page, violations, faults } = await openResult(t, stage, id)
  await button(page, 'Last good part').click()
  await page.getByText('No other good part of WK-CI-200 has been inspected yet.').waitFor()
  const elsewhere = await storeResult(stage, resultOf(), { ...place, facility: 'shenzhen' })
  await page.reload()
  await button(page, 'Last good part').click()
  const link = page.locator('figcaption').getByRole('link', { name: 'Last good part' })
  t.equal(await link.getAttribute('href'), `/results/${elsewhere}`)
  const good = await storeResult(stage, resultOf(), place)
  await page.reload()
  await button(page, 'Last good part').click()
  await until(page, `document.querySelector('figcaption a')?.getAttribute('href') === '/results/${good}'`)

  const looks = async () =>
    Promise.all((await page.locator('figure img').all()).map((image) => image.getAttribute('style')))
  const right = page.locator('figure [role=application]').nth(1)
  const before = await looks()
  t.equal(before[0], before[1])
  await button(page, 'Zoom in').click()
  await right.focus()
  await page.keyboard.press('ArrowRight')
  const after = await looks()
  t.not(after[0], before[0], 'what is done at the one moves the other')
  t.equal(after[0], after[1])
  await button(page, 'Light').click()
  await page.getByLabel('Brightness').fill('150')
  t.match(await looks(), [/brightness\(150%\) contrast\(100%\)/, /brightness\(150%\)/])
  await button(page, 'Reset').click()
  t.same(await looks(), after)

  const fishbone = page.locator('dl').filter({ hasText: 'Machine' }).filter({ hasText: 'Environment' })
  t.equal(await fishbone.locator('dt').count(), 6)
  t.ok(await page.locator('svg[preserveAspectRatio=none]').isVisible(), 'the bones are drawn')
  await page.setViewportSize({ width: 360, height: 740 })
  t.notOk(await page.locator('svg[preserveAspectRatio=none]').isVisible(), 'a phone has the list alone')
  t.ok(await fishbone.getByText('humid').isVisible())
  await page.setViewportSize({ width: 1280, height: 900 })

  await page.route('**/details-drawer*', (route) => route.abort())
  await button(page, 'Details of the analysis').click()
  await page.getByRole('alert').getByText('This part of the page could not be loaded').waitFor()
  await page.unroute('**/details-drawer*')
  await button(page, 'Try again').click()
  const drawer = page.getByRole('dialog', { name: 'Details of the analysis' })
  await drawer.getByText('scripted-1').waitFor()
  t.match(await drawer.innerText(), /100, 20, 7[\s\S]*\$0\.001\b/)
  await page.keyboard.press('a')
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })
  await page.getByText('Nobody has judged this part yet.').waitFor()
  t.same([violations, faults], [[], []])
}

stageTest('verdict view', verdictViewTests)
