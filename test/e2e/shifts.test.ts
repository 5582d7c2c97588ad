import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { resultOf, rust } from '../support/analyzers.ts'
import { openPage } from './browser.ts'
import { storeResult } from './results.ts'
import { type Stage, stageTest } from './stage.ts'

/** As Lighthouse adds them up; more than 0.1 is called poor. */
const MOST = 0.03
const OBSERVE = `window.shifts = []
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) window.shifts.push([value, sources.map(({ node }) => node?.textContent?.slice(0, 40))])
}).observe({ type: 'layout-shift', buffered: true })`

/** What comes late has its place kept, also on a phone where each answer of the service takes its time. */
async function shiftTests(t: Test, stage: Stage): Promise<void> {
  const id = await storeResult(stage, resultOf([rust]))
  const { page } = await openPage(t, stage.browser, { viewport: { width: 412, height: 823 } })
  await page.addInitScript(OBSERVE)
  // Each after another time, so that nothing hides behind something that comes with it.
  await page.route('**/api/v1/**', async (route) => {
    await sleep(100 + (route.request().url().length % 7) * 60)
    // As long as a count can be.
    if (route.request().url().includes('/count')) await route.fulfill({ json: { count: 10_000, more: true } })
    else await route.continue()
  })
  const screens: [path: string, there: (page: Page) => Promise<unknown>][] = [
    ['/history?view=table', (page) => page.locator('main [data-index="0"] a').waitFor()],
    ['/history?view=gallery', (page) => page.locator('main [data-index="0"] a').waitFor()],
    [`/results/${id}`, (page) => page.getByText('Details of the analysis').waitFor()],
    ['/review?show=unjudged', (page) => page.locator('main img').first().waitFor()],
    ['/quality', (page) => page.getByText('When does a result go to a person?').waitFor()],
    ['/admin', (page) => page.getByText('Whole service').waitFor()],
  ]
  for (const [path, there] of screens) {
    await page.goto(`${stage.service.url}${path}`)
    await there(page)
    await page.waitForLoadState('networkidle')
    const shifts = await page.evaluate<[value: number, texts: string[]][]>('window.shifts')
    const sum = shifts.reduce((total, [value]) => total + value, 0)
    t.ok(sum < MOST, `${path}: ${sum.toFixed(3)} ${JSON.stringify(shifts)}`)
  }
}

stageTest('layout shifts', shiftTests)
