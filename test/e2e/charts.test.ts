import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { analyses } from '../../drizzle/schema.ts'
import { localDay, randomRows } from '../statistics/brute-force.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { startService, type TestService } from '../support/service.ts'
import { accessible, openPage, until } from './browser.ts'
import { drawAll, layoutFaults, PAPER } from './geometry.ts'
import { browserTest } from './stage.ts'

const DAY = 86_400_000
const now = new Date()
const day = (daysAgo: number) => localDay(new Date(now.getTime() - daysAgo * DAY))
const chart = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })
const trendOf = (page: Page) => chart(page, 'Defect rate over time')

/** Photos of a day on line L1, the first ones with a defect. */
async function store({ database }: TestService, daysAgo: number, inspected: number, defects: number): Promise<void> {
  const [photo] = randomRows(1, 1, now)
  if (!photo) throw new Error('no row')
  const rows = Array.from({ length: inspected }, (_, number) => ({
    ...photo,
    id: undefined,
    defectId: `DEF-20260808-${String(daysAgo * 1000 + number).padStart(8, '0')}`,
    timestamp: new Date(Date.parse(`${day(daysAgo)}T12:00:00+08:00`) + number * 1000),
    facility: 'yangjiang',
    productSku: 'WK-KN-200',
    correctedSku: null,
    lineId: 'L1',
    defectDetected: number < defects,
    verdict: number < defects ? ('ng' as const) : ('ok' as const),
    defectType: number % 3 ? 'blade_scratch' : 'rust_spot',
    severity: number < defects ? 'minor' : 'cosmetic',
    probableStage: number < defects ? 'blade_glazing' : null,
    costUsd: 0.01,
    latencyMs: 1500,
    reviewedVerdict: null,
    reviewedType: null,
    review: null,
    voided: false,
  })) satisfies (typeof analyses.$inferInsert)[]
  await database.db.insert(analyses).values(rows)
}

async function chartTests(t: Test, browser: Browser): Promise<void> {
  const service = await startService({ RATE_LIMIT_PER_IP: '1000' }, { analyzer: scriptedAnalyzer() })
  t.teardown(() => service.close())
  const { url } = service
  const { page, faults, violations } = await openPage(t, browser, { reducedMotion: 'reduce' })

  await t.test('a system without a photo says what to do first', async (t) => {
    await page.goto(`${url}/dashboard`)
    await page.getByRole('heading', { name: 'No photos yet' }).waitFor()
    t.equal(await page.getByRole('link', { name: 'Go to Inspect' }).getAttribute('href'), '/')
    t.equal(await page.locator('main dl').count(), 0, 'no figures of nothing')
    await accessible(t, page, 'Dashboard, fresh')
  })

  // Days 12 to 21 ago 4 %, by turns 3 and 5; nine days of 8 %, one of 30 %; and a day of one photo, which has a defect.
  for (let daysAgo = 12; daysAgo <= 21; daysAgo++) await store(service, daysAgo, 100, daysAgo % 2 ? 5 : 3)
  for (let daysAgo = 1; daysAgo <= 10; daysAgo++) await store(service, daysAgo, 100, daysAgo === 1 ? 30 : 8)
  await store(service, 11, 1, 1)

  await t.test('filters that leave no photo, and a word that nobody has said, are told apart', async () => {
    await page.goto(`${url}/dashboard?line=L9`)
    await page.getByRole('heading', { name: 'No photo fits these filters' }).waitFor()
    await page.getByText('Choose a longer period, or take filters away.').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).last().click()
    await page.locator('dl dd').getByText('2,001').waitFor()
    await page.goto(`${url}/dashboard?truth=human`)
    await page.getByText('No person has confirmed or corrected a photo of these filters yet.').waitFor()
    await page.getByRole('link', { name: 'Go to Review' }).waitFor()
  })

  await t.test(
    'the rules are marked on their points and told in words; a day of one photo stretches no axis',
    async (t) => {
      await page.goto(`${url}/dashboard`)
      const trend = trendOf(page)
      await trend.getByRole('link', { name: /Rule 1: a point outside/ }).waitFor()
      t.equal(await trend.locator('svg path[class*=outside]').count(), 1, 'a diamond')
      t.same(await trend.locator('svg text[class*=rule]').allTextContents(), ['2', '2', '2', '1', '2'])
      const words = await trend.getByRole('listitem').allInnerTexts()
      t.ok(
        words.some((text) => /^Rule 1 .*: above the control limits\.$/.test(text)),
        words.join('|'),
      )
      t.ok(words.some((text) => /^Rule 2 .* to .*: \d+ points in a row below the average\.$/.test(text)))
      t.match(await trend.innerText(), /1 hollow point is not judged: fewer than 25 inspected/)
      t.equal(await trend.locator('svg a path[class*=muted]').count(), 1, 'it stands at the edge, with an arrow')
      t.notMatch(await trend.locator('.recharts-surface').textContent(), /100%/)
      await trend.getByText('What the rules are').click()
      await trend.getByText('Rule 4: fourteen points in a row up and down by turns.').waitFor()
      await accessible(t, page, 'Dashboard with signals')
      await trend.getByRole('button', { name: /Show as table/ }).click()
      const table = await trend.locator('tbody').innerText()
      t.match(table, /100\s+30\s+30%.*Above · Rule 1/)
      t.match(table, /\s1\s+1\s+100%\s+–\s+–\s+Too few to judge/)
      await trend.getByRole('button', { name: /Show as chart/ }).click()
    },
  )

  await t.test('an administrator freezes the average of a range; it counts until it is removed', async (t) => {
    await page.goto(`${url}/dashboard?line=L1`)
    const trend = trendOf(page)
    await trend.getByRole('button', { name: 'Freeze the average' }).click()
    const form = page.getByRole('form', { name: 'Freeze the average of a range' })
    await form.getByLabel('From', { exact: true }).fill(day(11))
    await form.getByLabel('To', { exact: true }).fill(day(11))
    await form.getByRole('button', { name: 'Freeze' }).click()
    await page
      .getByRole('alert')
      .getByText(/needs at least 5 defects.*1 defects of 1 inspected/)
      .waitFor()
    await form.getByLabel('From', { exact: true }).fill(day(1))
    await form.getByRole('button', { name: 'Freeze' }).click()
    await form.getByText('Two days, the first not after the second').waitFor()
    await form.getByLabel('From', { exact: true }).fill(day(21))
    await form.getByLabel('To', { exact: true }).fill(day(12))
    await form.getByRole('button', { name: 'Freeze' }).click()
    await trend
      .getByText(/Average and limits are frozen: 4% from .* \(40 of 1,000\)\. Frozen by Inspector on/)
      .waitFor()
    t.match(await trend.innerText(), /Frozen average 4%/)
    await page.goto(`${url}/dashboard?line=L1&period=7d`)
    await trend.getByText('Average and limits are frozen: 4%').waitFor()
    await page.goto(`${url}/dashboard`)
    await trend.getByText('Average and limits are of the period that is shown').waitFor()
    await page.goto(`${url}/dashboard?line=L1`)
    await trend.getByRole('button', { name: 'Remove' }).click()
    await trend.getByRole('button', { name: 'Really remove' }).click()
    await trend.getByText('Average and limits are of the period that is shown').waitFor()
  })

  await t.test('bars and line of the Pareto chart share one axis, of which 100 % is all defects', async (t) => {
    const pareto = chart(page, 'Defects by type (Pareto)')
    await pareto.scrollIntoViewIfNeeded()
    await pareto.locator('svg rect[rx]').first().waitFor()
    const at = await page.evaluate<{ bars: number[]; dots: number[]; axis: number[] }>(`(() => {
      const svg = document.querySelector('[aria-label="Defects by type (Pareto)"] .recharts-surface')
      const boxes = (query) => [...svg.querySelectorAll(query)].map((each) => each.getBoundingClientRect())
      return {
        bars: boxes('a rect').map(({ right }) => right),
        dots: boxes('circle').map(({ left, right }) => (left + right) / 2),
        axis: boxes('.recharts-cartesian-grid-vertical line').map(({ left }) => left),
      }
    })()`)
    const near = (a: number | undefined, b: number | undefined) => Math.abs((a ?? -99) - (b ?? 99)) < 2
    t.ok(near(at.bars[0], at.dots[0]), 'the line begins at the end of the first bar')
    t.ok(near(at.dots.at(-1), Math.max(...at.axis)), 'and ends at 100 %')
    t.match(await pareto.innerText(), /\d+ · \d+%/, 'the counts can be read')
  })

  await t.test('figures refresh by themselves; after an error the old ones stay and are said to be old', async (t) => {
    const { page: other } = await openPage(t, browser, { timezoneId: 'Europe/London' })
    await other.clock.install()
    await other.goto(`${url}/dashboard`)
    const inspected = other.locator('dl dd').getByText('2,001')
    await inspected.waitFor()
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })
    const minutes = [now, new Date(), new Date(Date.now() + 60_000)].map((at) => clock.format(at))
    const said = await other.getByText(/^As of .* in Yangjiang\.$/).innerText()
    t.ok(/(\d\d:\d\d)/.test(said), said)
    t.ok(
      minutes.length > 0 && Math.abs(minuteOf(said) - minuteOf(minutes[1] ?? '')) <= 2,
      `${said}, it is ${minutes[1]}`,
    )

    await store(service, 0, 1, 0)
    await other.clock.runFor(61_000)
    await other.locator('dl dd').getByText('2,002').waitFor()

    await other.route('**/api/v1/statistics?*', (route) => route.fulfill({ status: 400, body: '{}' }))
    await other.clock.runFor(61_000)
    await other.getByText(/^Newer figures could not be loaded\. What is shown is as of \d\d:\d\d\.$/).waitFor()
    await other.locator('dl dd').getByText('2,002').waitFor()
    await other.unroute('**/api/v1/statistics?*')
    await other.clock.runFor(61_000)
    await until(other, `!document.body.innerText.includes('Newer figures could not be loaded')`)
  })

  await t.test('on paper, upright and lying: every chart, filters and time, nothing over another', async (t) => {
    await page.goto(`${url}/dashboard?line=L1`)
    await page.locator('dl dd').first().waitFor()
    await until(page, `performance.getEntriesByType('resource').some(({ name }) => name.includes('charts'))`)
    await drawAll(page)
    for (const [width, height] of PAPER) {
      // Not scrolled: what was never in view is printed, too.
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ media: 'print' })
      await page.getByText('Line: L1').waitFor()
      t.ok(await page.getByText(/^As of \d\d:\d\d in Yangjiang\.$/).isVisible())
      t.equal(await page.getByRole('button').count(), 0, 'no buttons')
      await until(page, `document.querySelectorAll('.recharts-surface').length === 5`)
      t.same(await layoutFaults(page), [], `${width} x ${height}`)
      await page.emulateMedia({ media: null })
    }
    for (const landscape of [false, true]) {
      const pdf = (await page.pdf({ format: 'A4', landscape, preferCSSPageSize: true })).toString('latin1')
      const [, wide = 0, high = 0] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)/.exec(pdf)?.map(Number) ?? []
      t.equal(wide > high, landscape, 'the reader turns the page')
    }
  })
  t.same([faults, violations], [[], []])
}

/** Minutes since midnight of the first time in a text. */
function minuteOf(text: string): number {
  const [, hours = '0', minutes = '0'] = /(\d\d):(\d\d)/.exec(text) ?? []
  return Number(hours) * 60 + Number(minutes)
}

browserTest('charts', chartTests)
