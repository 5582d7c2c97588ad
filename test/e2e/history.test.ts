import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf, bodyOf } from '../support/http.ts'
import { startService, type TestService } from '../support/service.ts'
import { accessible, openPage, overhang, until } from './browser.ts'
import { languages } from './language-check.ts'
import { browserTest } from './stage.ts'

const COUNT = 3000
const items = (page: Page) => page.locator('main [data-index]')
const DRAWN = `document.querySelectorAll('main [data-index]').length`
const FIRST = `document.querySelector('main [data-index] a')?.getAttribute('href')`

/** Copies of one analysed photo, a minute apart, the newest first: number n is `LOT-n`, each fifth with rust, the last ten of Hong Kong. */
async function fill({ url, database }: TestService): Promise<void> {
  const body = photoForm(await photo(640, 480), { product_sku: 'WK-KN-200', facility: 'yangjiang', shift: 'crew-7' })
  await analysisOf(await fetch(`${url}/api/v1/analyze`, { method: 'POST', body }))
  const { rows } = await database.pool.query(
    "select column_name as name from information_schema.columns where table_name = 'analyses' and is_generated = 'NEVER'",
  )
  const values: Record<string, string> = {
    id: 'gen_random_uuid()',
    defect_id: "'DEF-20260101-' || lpad(upper(to_hex(n)), 8, '0')",
    timestamp: "timestamp - n * interval '1 minute'",
    lot: "'LOT-' || n",
    line_id: "'line-' || n % 4",
    facility: `case when n > ${COUNT - 10} then 'hongkong' else 'yangjiang' end`,
    defect_detected: 'n % 5 = 0',
    verdict: "case when n % 5 = 0 then 'ng' else 'ok' end",
    defect_type: "case when n % 5 = 0 then 'rust_spot' else 'unknown' end",
    severity: "case when n % 5 = 0 then 'critical' else 'cosmetic' end",
    bounding_box: 'case when n % 5 = 0 then bounding_box end',
    defects: "case when n % 5 = 0 then defects else '[]' end",
  }
  const names = rows.map(({ name }) => name as string)
  await database.pool.query(
    `insert into analyses (${names.join(', ')}) select ${names.map((name) => values[name] ?? name).join(', ')}
     from (select * from analyses limit 1) one, generate_series(1, ${COUNT}) n`,
  )
  await database.pool.query('delete from analyses where lot is null')
}

async function historyTests(t: Test, browser: Browser): Promise<void> {
  const service = await startService(
    { RATE_LIMIT_PER_IP: '100000', RATE_LIMIT_PER_KEY: '100000' },
    { analyzer: scriptedAnalyzer(() => resultOf([rust])) },
  )
  t.teardown(() => service.close())
  const { page, faults, violations } = await openPage(t, browser)
  await page.goto(`${service.url}/history`)
  await page.getByRole('heading', { name: 'No results yet' }).waitFor()
  await fill(service)

  await t.test('a long list scrolls smoothly, with few rows in the page', (t) => scrolling(t, page, service.url))
  await t.test('the back button comes back to the same place', (t) => comingBack(t, page, service.url))
  await t.test('the keys go from result to result', (t) => keys(t, page, service.url))
  await t.test('a button reads on without scrolling', async (t) => {
    await page.goto(`${service.url}/history`)
    await page.getByText('50 results loaded').waitFor({ state: 'attached' })
    await page.getByRole('button', { name: 'Load more results' }).dispatchEvent('click')
    await page.getByText('100 results loaded').waitFor({ state: 'attached' })
    t.pass()
  })
  await t.test('filters stand in the address and hold for the CSV', (t) => filters(t, page, service.url))
  await t.test('names are searched for in the language of the page', (t) => names(t, browser, service.url))
  await t.test('a date is gone to, and the list goes on from there', (t) => jump(t, page, service.url))
  await t.test('what is chosen stays chosen', (t) => selection(t, page, service.url))
  await t.test('the gallery shows pictures with boxes, and is remembered', (t) => gallery(t, page, service.url))
  await t.test('chosen results are printed, a page each', (t) => bulkPrint(t, page, service.url))
  t.same([faults, violations], [[], []])
  if (!process.env.QUICK)
    await t.test('L6 every width, light and dark: no violation', (t) => accessibility(t, browser, service.url))
}

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  /** Microseconds on the processor: others work on this machine, so the clock says nothing of the page. */
  tdur?: number
  args?: { name?: string }
}

/** The longest that the page kept its main thread busy at a stretch while `work` ran, in milliseconds. */
async function longestTask(page: Page, work: () => Promise<void>): Promise<number> {
  const browser = page.context().browser()
  if (!browser) throw new Error('the page has no browser')
  await browser.startTracing(page, { categories: ['toplevel'] })
  await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
  const mains = new Set(traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map(thread))
  const tasks = traceEvents.filter(
    (event) => event.ph === 'X' && /RunTask/.test(event.name) && mains.has(thread(event)),
  )
  if (tasks.length < 100) throw new Error(`only ${tasks.length} tasks were seen`)
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000
}

async function scrolling(t: Test, page: Page, url: string): Promise<void> {
  await page.goto(`${url}/history`)
  await items(page).nth(5).waitFor()
  await page.getByText('3,000 results').waitFor()
  t.equal(await page.getByRole('table').getAttribute('aria-rowcount'), String(COUNT + 1))
  await page.mouse.move(600, 600)
  const deepest = `Math.max(...[...document.querySelectorAll('main [data-index]')].map((row) => Number(row.dataset.index)))`
  let most = 0
  const longest = await longestTask(page, async () => {
    for (let step = 0; step < 300 && (await page.evaluate<number>(deepest)) < 600; step++) {
      await page.mouse.wheel(0, 900)
      most = Math.max(most, await page.evaluate<number>(DRAWN))
    }
  })
  t.comment(`longest task while scrolling: ${longest.toFixed(0)} ms of processor; ${most} rows in the page at most`)
  t.ok((await page.evaluate<number>(deepest)) >= 600, 'hundreds of rows further down')
  t.ok(longest <= 200, `no task over 200 ms: ${longest.toFixed(0)}`)
  t.ok(most > 5 && most < 60, `${most} rows at most`)
}

async function comingBack(t: Test, page: Page, url: string): Promise<void> {
  await page.goto(`${url}/history`)
  await items(page).nth(5).waitFor()
  const row = page.locator('main [data-index="150"]')
  for (let step = 0; step < 100 && (await row.getByRole('link').count()) === 0; step++) {
    await page.mouse.wheel(0, 600)
    await page.waitForTimeout(50)
  }
  await row.scrollIntoViewIfNeeded()
  await page.waitForTimeout(300)
  const top = await page.evaluate<number>('window.scrollY')
  const href = await row.getByRole('link').getAttribute('href')
  t.ok(top > 5000)
  await row.getByRole('link').click()
  await page.waitForURL(`**${href}`)
  await page.getByText('Details of the analysis').waitFor()
  await page.goBack()
  await row.getByRole('link').waitFor()
  t.equal(await row.getByRole('link').getAttribute('href'), href)
  await until(page, `Math.abs(window.scrollY - ${top}) < 3`)
  await page.reload()
  await row.getByRole('link').waitFor()
  await until(page, `Math.abs(window.scrollY - ${top}) < 3`)
}

async function keys(t: Test, page: Page, url: string): Promise<void> {
  await page.goto(`${url}/history`)
  await items(page).nth(5).waitFor()
  const focused = `Number(document.activeElement?.closest('[data-index]')?.dataset.index ?? -1)`
  const press = async (key: string, index: number) => {
    await page.keyboard.press(key)
    await until(page, `${focused} === ${index}`)
  }
  await page.getByLabel('Go to date').focus()
  for (let tabs = 0; tabs < 8 && (await page.evaluate<number>(focused)) < 0; tabs++) await page.keyboard.press('Tab')
  t.equal(await page.evaluate(focused), 0, 'Tab comes to the first')
  await page.keyboard.press('Tab')
  t.equal(await page.evaluate('document.activeElement.tagName'), 'A')
  await press('ArrowDown', 1)
  await press('ArrowDown', 2)
  await press('ArrowUp', 1)
  await page.keyboard.press('PageDown')
  await until(page, `${focused} > 5`)
  const seen = `(() => { const { top, bottom } = document.activeElement.getBoundingClientRect(); return top > 60 && bottom < innerHeight })()`
  await until(page, seen)
  await press('End', 49)
  await until(page, seen)
  await page.getByText('100 results loaded').waitFor({ state: 'attached' })
  await press('End', 99)
  await press('Home', 0)
  await until(page, seen)
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Space')
  await page.getByText('1 chosen, at most 50').waitFor()
  await page.getByRole('button', { name: 'Choose none' }).click()
  await page.locator('main [data-index="0"] a').focus()
  await page.keyboard.press('Tab')
  t.match(
    await page.evaluate<string>('document.activeElement.textContent'),
    /Load more/,
    'the next stop is behind the list',
  )
}

async function filters(t: Test, page: Page, url: string): Promise<void> {
  await page.goto(`${url}/history`)
  await page.getByLabel('Verdict', { exact: true }).selectOption('ng')
  await page.getByLabel('Facility', { exact: true }).selectOption('hongkong')
  await until(page, `${DRAWN} === 2`)
  t.match(page.url(), /verdict=ng/)
  t.match(page.url(), /facility=hongkong/)
  await page.reload()
  await until(page, `${DRAWN} === 2`)
  t.equal(await page.getByLabel('Facility', { exact: true }).inputValue(), 'hongkong')
  await page.getByText('2 results', { exact: true }).waitFor()

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ])
  t.match(download.suggestedFilename(), /^analyses-hongkong-\d{4}-\d\d-\d\d\.csv$/)
  const csv = await readFile(await download.path(), 'utf8')
  t.equal(csv.trim().split('\n').length, 3, 'the heading and two rows')
  t.match(csv, /LOT-3000/)

  await page.getByRole('button', { name: 'Remove the filter Verdict: NG' }).click()
  await until(page, `${DRAWN} === 10`)
  t.notMatch(page.url(), /verdict/)
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await until(page, `${DRAWN} > 10`)
  t.equal(await page.getByRole('list', { name: 'Filters in use' }).count(), 0)

  await page.getByRole('button', { name: 'More filters' }).click()
  for (const [label, value, name] of [
    ['Lot', 'LOT-17', 'lot'],
    ['Line', 'line-1', 'line'],
  ] as const) {
    await page.getByLabel(label, { exact: true }).fill(value)
    await until(page, `new URLSearchParams(location.search).get('${name}') === '${value}'`)
  }
  await until(page, `${DRAWN} === 1`)
  const shift = page.getByLabel('Shift', { exact: true })
  t.same(await shift.locator('option').allTextContents(), ['Any', 'Day', 'Night'], "the facility's shifts")
  const { analyses: ofDay } = await bodyOf<{ analyses: unknown[] }>(
    await fetch(`${url}/api/v1/analyses?lot=LOT-17&shift=day`),
  )
  const [its, other] = ofDay.length > 0 ? ['day', 'night'] : ['night', 'day']
  await shift.selectOption(other)
  await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor()
  await shift.selectOption(its)
  await until(page, `${DRAWN} === 1`)
  await page.getByLabel('Reviewed', { exact: true }).selectOption('yes')
  await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor()
  await page.goBack()
  await until(page, `${DRAWN} === 1`)
  t.equal(await page.getByLabel('Lot', { exact: true }).inputValue(), 'LOT-17')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByLabel('Stage', { exact: true }).selectOption('handle_injection')
  await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor()
  await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click()
  await until(page, `${DRAWN} > 10`)

  const asked = page.waitForRequest((request) => request.url().includes('to=2020-01-01T16%3A00%3A00.000Z'))
  await page.getByLabel('To', { exact: true }).fill('2020-01-01')
  t.ok(await asked, 'the day ends where the parts are made, not where the reader is')
  await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor()

  await page.goto(`${url}/history?lot=LOT-17&shift=crew-7`)
  await until(page, `${DRAWN} === 1`)
  t.equal(await shift.inputValue(), 'crew-7', 'a shift that came with the photos is found by its address')
}

/** No text has these names: they are found by the codes that they name. */
async function names(t: Test, browser: Browser, url: string): Promise<void> {
  const lines = { en: 'line 3', 'zh-Hans': '3号线', 'zh-Hant': '3 號線' }
  for (const [code, locale, { history, vocabulary }] of languages) {
    const { page } = await openPage(t, browser, { locale })
    await page.goto(`${url}/history`)
    const field = page.getByLabel(history.names.text, { exact: true })
    const searches: [text: string, count: string][] = [
      [vocabulary.severities.critical.name, '600'],
      [lines[code], '750'],
      // In English the descriptions say rust, too.
      ...(code === 'en' ? [] : [[vocabulary.defectTypes.rust_spot, '600'] as [string, string]]),
    ]
    for (const [text, count] of searches) {
      await field.fill(text)
      await until(page, `new URLSearchParams(location.search).get('text') === '${text}'`)
      await page.getByText(history.count(count), { exact: true }).waitFor()
      t.pass(`${code}: ${text}`)
    }
  }
}

async function jump(t: Test, page: Page, url: string): Promise<void> {
  await page.goto(`${url}/history`)
  await items(page).nth(5).waitFor()
  const first = await page.evaluate<string>(FIRST)
  const [newest] = (await bodyOf<{ analyses: { timestamp: string }[] }>(await fetch(`${url}/api/v1/analyses?limit=1`)))
    .analyses
  const plant = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
  const dayBefore = plant.format(Date.parse(newest?.timestamp ?? '') - 86_400_000)
  await page.getByLabel('Go to date').fill(dayBefore)
  await until(page, `${FIRST} !== undefined && ${FIRST} !== '${first}'`)
  t.match(page.url(), new RegExp(`at=${dayBefore}`))
  const time = await page.locator('main [data-index="0"] time').getAttribute('datetime')
  t.equal(plant.format(Date.parse(time ?? '')), dayBefore)
  await page.getByText('3,000 results').waitFor()

  // Upwards, fifty at a time: what was the first stays in view, and the newer ones stand above it.
  const firstThere = await page.evaluate<string>(FIRST)
  await page.getByRole('button', { name: 'Load newer results' }).click()
  const stays = page.locator(`main [data-index="50"] a[href="${firstThere}"]`)
  await stays.waitFor()
  await until(page, `window.scrollY > 1000`)
  const box = await stays.boundingBox()
  t.ok(box && box.y > 0 && box.y < 900, `in view, at ${box?.y}`)
  const start = new URL(page.url()).searchParams.get('at') ?? ''
  t.equal(await page.getByLabel('Go to date').inputValue(), plant.format(Date.parse(start)))
  const times = await page.evaluate<string[]>(
    `[...document.querySelectorAll('main [data-index] time')].map((time) => time.dateTime)`,
  )
  t.same(times, times.toSorted().toReversed(), 'newest first')
  await page.reload()
  await stays.waitFor()
  await page.getByRole('button', { name: 'Back to the newest' }).click()
  await until(page, `${FIRST} === '${first}'`)
  t.equal(await page.getByRole('button', { name: 'Load newer results' }).count(), 0)
}

/** Who looks at one of the chosen results comes back to the choice; so does who filters, or reloads. */
async function selection(t: Test, page: Page, url: string): Promise<void> {
  await page.goto(`${url}/history`)
  const row = (index: number) => page.locator(`main [data-index="${index}"]`)
  await row(1).getByRole('checkbox').check()
  await row(3).getByRole('checkbox').check()
  const id = (await row(3).getByRole('link').getAttribute('href'))?.split('/').at(-1)
  await row(3).getByRole('link').click()
  await page.getByText('Details of the analysis').waitFor()
  await page.goBack()
  await page.getByText('2 chosen, at most 50').waitFor()
  t.ok(await row(3).getByRole('checkbox').isChecked())
  t.notOk(await row(2).getByRole('checkbox').isChecked())
  await page.getByLabel('Text').fill('nothing has this text')
  await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor()
  await page.getByText('2 chosen, at most 50').waitFor()
  await page.goto(`${url}/history?text=${id}`)
  await page.getByText('2 chosen, at most 50').waitFor()
  t.ok(await row(0).getByRole('checkbox').isChecked())
  // The next person in this tab begins with none.
  await page.evaluate(
    `localStorage.setItem('wiko.session', JSON.stringify({ ...JSON.parse(localStorage['wiko.session']), name: 'Mei', open: false }))`,
  )
  await page.reload()
  await row(0).waitFor()
  t.equal(await page.getByText('2 chosen').count(), 0)
  await page.evaluate('sessionStorage.clear(); localStorage.removeItem("wiko.session")')
}

async function gallery(t: Test, page: Page, url: string): Promise<void> {
  await page.goto(`${url}/history`)
  await items(page).nth(5).waitFor()
  await page.getByText('Gallery').click()
  await page.getByRole('list', { name: 'Results, newest first' }).waitFor()
  t.match(page.url(), /view=gallery/)
  await until(page, `document.querySelector('main [data-index] img')?.naturalWidth > 0`)
  const tile = page.locator('main [data-index="4"]')
  t.equal(await tile.locator('svg rect').count(), 2, 'the box of the rust')
  t.equal(await page.locator('main [data-index="3"] svg rect').count(), 0)
  await tile.getByRole('link').focus()
  await page.keyboard.press('ArrowRight')
  await until(page, `document.activeElement.closest('[data-index]')?.dataset.index === '5'`)
  await page.goto(`${url}/history`)
  await page.getByRole('list', { name: 'Results, newest first' }).waitFor()
  await page.getByText('Table').click()
  await page.getByRole('table').waitFor()
}

async function bulkPrint(t: Test, page: Page, url: string): Promise<void> {
  await page.addInitScript('window.printed = 0; window.print = () => { window.printed++ }')
  await page.goto(`${url}/history`)
  const box = (index: number) => page.locator(`main [data-index="${index}"]`).getByRole('checkbox')
  await box(1).check()
  await box(4).click({ modifiers: ['Shift'] })
  await page.getByText('4 chosen, at most 50').waitFor()
  await box(2).uncheck()
  await page.getByText('3 chosen, at most 50').waitFor()
  await page.getByRole('link', { name: 'Print' }).click()
  await page.getByText('3 pages are ready, one for each result.').waitFor()
  await until(page, 'window.printed === 1')
  await page.emulateMedia({ media: 'print' })
  t.equal(await page.getByText('Signature').count(), 3)
  t.notOk(await page.getByRole('button', { name: 'Print' }).isVisible(), 'no buttons on paper')
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
  t.equal(pdf.match(/\/Type \/Page\b/g)?.length, 3)
  t.match(pdf, /\/MediaBox \[0 0 59[45][\d.]* 84[12]/, 'A4')
  t.match(pdf, /\/Subtype \/Image/, 'with pictures')
  await page.emulateMedia({ media: 'screen' })
  await page.getByRole('button', { name: 'Back' }).click()
  await items(page).nth(5).waitFor()

  await page.goto(`${url}/print?ids=DEF-20200101-00000000,nonsense,DEF-20260101-00000002`)
  await page.getByText('These could not be loaded and are left out: DEF-20200101-00000000').waitFor()
  await page.getByText('1 page is ready.').waitFor()
  await page.goto(`${url}/print`)
  await page.getByText('No results are chosen').waitFor()

  await page.goto(`${url}/history`)
  await box(0).check()
  await page.keyboard.press('End')
  for (let step = 0; step < 12; step++) {
    await page.mouse.wheel(0, 600)
    await page.waitForTimeout(100)
    const all = page.getByRole('button', { name: 'Choose all in view' })
    if (await all.isEnabled()) await all.click()
  }
  await page.getByText('50 chosen, at most 50').waitFor()
  t.ok(await page.getByRole('button', { name: 'Choose all in view' }).isDisabled())
}

async function accessibility(t: Test, browser: Browser, url: string): Promise<void> {
  for (const width of [360, 820, 1440]) {
    const { page, violations } = await openPage(t, browser, { viewport: { width, height: 900 } })
    const check = async (screen: string) => {
      await accessible(t, page, `${screen}, ${width} px`)
      t.equal(await overhang(page), 0, `${screen}, ${width} px: no sideways scrolling`)
    }
    for (const view of ['table', 'gallery']) {
      await page.goto(`${url}/history?view=${view}&verdict=ng&line=line-0`)
      await items(page).nth(3).waitFor()
      if (width === 360) await page.getByRole('button', { name: 'Filters (2)' }).click()
      await page.locator('main [data-index="0"]').getByRole('checkbox').check()
      await check(view)
    }
    await page.getByRole('link', { name: 'Print' }).click()
    await page.getByText('1 page is ready.').waitFor()
    await check('Print')
    t.same(violations, [])
  }
}

browserTest('history', historyTests)
