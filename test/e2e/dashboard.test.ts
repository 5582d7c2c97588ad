import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import type { Language } from '../../api/domain/vocabulary.ts'
import type { ShiftHoursBody } from '../../api/features/shifts/schemas.ts'
import { analyses, inspectedUnits } from '../../drizzle/schema.ts'
import * as enDashboard from '../../web/src/texts/en/dashboard.ts'
import * as enReport from '../../web/src/texts/en/report.ts'
import * as hansDashboard from '../../web/src/texts/zh-hans/dashboard.ts'
import * as hansReport from '../../web/src/texts/zh-hans/report.ts'
import * as hantDashboard from '../../web/src/texts/zh-hant/dashboard.ts'
import * as hantReport from '../../web/src/texts/zh-hant/report.ts'
import { localDay, type Row, randomRows } from '../statistics/brute-force.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { startService, type TestService } from '../support/service.ts'
import { accessible, openPage, overhang, until } from './browser.ts'
import { clippedTexts, foreignTexts } from './language-check.ts'
import { browserTest } from './stage.ts'

const DAY = 86_400_000
/** As long as a model's, and of no language. */
const LONG_TEXT = '12.5 → 14.0; '.repeat(40)
const now = new Date()
const day = (daysAgo: number) => localDay(new Date(now.getTime() - daysAgo * DAY))
const noon = (daysAgo: number) => new Date(`${day(daysAgo)}T12:00:00+08:00`)

/** Ten days: 100 photos a day, two with a defect; on day 4 thirty, so that the point lies outside its limits. */
async function fill({ database }: TestService): Promise<void> {
  const [photo] = randomRows(1, 1, now)
  if (!photo) throw new Error('no row')
  const rows: Row[] = []
  for (let daysAgo = 1; daysAgo <= 10; daysAgo++) {
    for (let number = 0; number < 100; number++) {
      const bad = number < (daysAgo === 4 ? 30 : 2)
      rows.push({
        ...photo,
        id: undefined,
        defectId: `DEF-20260505-${String(rows.length).padStart(8, '0')}`,
        timestamp: new Date(noon(daysAgo).getTime() + number * 1000),
        facility: 'yangjiang',
        productSku: number % 2 ? 'WK-KN-150' : 'WK-KN-200',
        correctedSku: null,
        partId: null,
        lineId: 'L1',
        lot: number % 2 ? '7-2' : null,
        // What came with the photo: its shift is that of the hours.
        shift: number % 2 ? 'B' : 'A',
        defectDetected: bad,
        verdict: bad ? 'ng' : 'ok',
        defectType: bad ? (number % 3 ? 'blade_scratch' : 'rust_spot') : 'unknown',
        severity: bad ? (number % 3 ? 'minor' : 'critical') : 'cosmetic',
        probableStage: bad ? 'blade_glazing' : null,
        rootCause: bad ? `${number}: ${LONG_TEXT}` : '',
        description: LONG_TEXT,
        costUsd: 0.01,
        latencyMs: 1500,
        reviewedVerdict: daysAgo === 1 && number < 5 ? (bad ? 'ng' : 'ok') : null,
        reviewedType: daysAgo === 1 && number < 5 && bad ? 'blade_scratch' : null,
        review: null,
        voided: false,
      })
    }
  }
  const said = { verdict: 'ok', defect_detected: false, defect_type: 'unknown', severity: 'cosmetic' } as const
  const review = { ...said, id: randomUUID(), number: 1, kind: 'correct', person: 'Mei', voided: false } as const
  const rest = { bounding_box: null, product_sku: null, comment: null, reviewed_at: now.toISOString() }
  const critical = rows.find(({ severity, reviewedVerdict }) => severity === 'critical' && !reviewedVerdict)
  const good = rows.find(({ verdict, reviewedVerdict }) => verdict === 'ok' && !reviewedVerdict)
  if (!critical || !good) throw new Error('no rows')
  // Before all that the other figures are compared with.
  const elsewhere = { facility: 'shenzhen', timestamp: noon(80) }
  rows.push(
    {
      ...critical,
      ...elsewhere,
      defectId: 'DEF-20260506-00000001',
      reviewedVerdict: 'ok',
      review: { ...review, ...rest },
    },
    { ...good, ...elsewhere, defectId: 'DEF-20260506-00000002' },
  )
  await database.db.insert(analyses).values(rows)
}

/** How much of the printed sheet does not fit it. */
const CUT = `(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('article'))`

/** The figure of a key figure's tile. */
const kpi = (page: Page, name: string) => page.locator('dl > div').filter({ hasText: name }).locator('dd').first()
const chart = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })

async function dashboardJob(t: Test, { url, database }: TestService, browser: Browser): Promise<void> {
  const { page, faults, violations } = await openPage(t, browser, { reducedMotion: 'reduce' })
  await page.goto(`${url}/dashboard`)

  await t.test('figures, their change, and whose word they are', async (t) => {
    await kpi(page, 'Defect rate').getByText('4.8%').waitFor()
    t.equal(await kpi(page, 'Inspected').innerText(), '1,000')
    t.match(
      await page.getByRole('note').innerText(),
      /by final verdicts: a person's.*confirmed or corrected 5 of 1,000/s,
    )
    t.match(await chart(page, 'Defect rate over time').innerText(), /1 point lies outside the control limits/)
    t.equal(await page.getByText('No earlier figure').count(), 10)
    await page.getByText('People', { exact: true }).click()
    await kpi(page, 'Inspected').getByText('5', { exact: true }).waitFor()
    t.match(await page.getByRole('note').innerText(), /only of photos that a person has confirmed.*no fair sample/s)
    t.match(page.url(), /truth=human/)
  })

  await t.test('filters stand in the address', async (t) => {
    await page.getByLabel('Product', { exact: true }).selectOption('WK-KN-200')
    await page.getByText('AI', { exact: true }).click()
    await page.getByText('Parts', { exact: true }).click()
    await page.getByText('7 days').click()
    await kpi(page, 'Inspected').getByText('300', { exact: true }).waitFor()
    await page.getByLabel('Shift', { exact: true }).selectOption('day')
    t.match(page.url(), /product=WK-KN-200/)
    await page.reload()
    await kpi(page, 'Inspected').getByText('300', { exact: true }).waitFor()
    t.equal(await page.getByLabel('Product', { exact: true }).inputValue(), 'WK-KN-200')
    t.ok(await page.getByLabel('Parts', { exact: true }).isChecked())
    await page.getByText('Dates', { exact: true }).click()
    await page.getByLabel('From', { exact: true }).fill(day(4))
    await page.getByLabel('To', { exact: true }).fill(day(4))
    await kpi(page, 'Inspected').getByText('50', { exact: true }).waitFor()
    await page.goBack()
    await kpi(page, 'Inspected').getByText('200', { exact: true }).waitFor()
    t.equal(await page.getByLabel('To', { exact: true }).inputValue(), day(0), 'back takes the last change away')
  })

  await t.test('a bar, a point and a row of the table lead to their photos', async (t) => {
    await page.goto(`${url}/dashboard?facility=yangjiang`)
    const type = chart(page, 'Defects by type (Pareto)').getByRole('link', { name: /^Blade scratch: Defects/ })
    await type.focus()
    await page.keyboard.press('ArrowDown')
    t.match(await page.evaluate('document.activeElement.getAttribute("aria-label")'), /^Rust spot/)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/history?*')
    const found = new URL(page.url()).searchParams
    t.equal(found.get('type'), 'blade_scratch')
    t.equal(found.get('defect'), 'yes')
    t.equal(found.get('facility'), 'yangjiang')
    t.equal(found.get('to'), day(0))
    await page.locator('main time').first().waitFor()
    await page.goBack()

    const trend = chart(page, 'Defect rate over time')
    await trend.getByRole('link', { name: /Outside the limits: Above/ }).click()
    await page.waitForURL('**/history?*')
    t.equal(new URL(page.url()).searchParams.get('from'), day(4))
    t.equal(new URL(page.url()).searchParams.get('to'), day(4))
    await page.goBack()

    await trend.getByRole('button', { name: /Show as table/ }).click()
    t.equal(await trend.locator('tbody tr').count(), 10)
    t.match(await trend.locator('tbody').innerText(), /100\s+30\s+30%\s+0%\s+11\.\d+%\s+Above/)
    await trend.getByRole('button', { name: /Show as chart/ }).click()
    await chart(page, 'Defects by severity')
      .getByRole('link', { name: /Critical/ })
      .click()
    await page.waitForURL('**/history?*severity=critical*')
  })

  await t.test('an overruled critical is none any more, but by the AI verdict it was one', async (t) => {
    const place = `facility=shenzhen&from=${day(80)}&to=${day(80)}`
    await page.goto(`${url}/dashboard?${place}`)
    await kpi(page, 'Inspected').getByText('2', { exact: true }).waitFor()
    t.equal(await kpi(page, 'Critical defects').innerText(), '0')
    t.ok(await page.getByLabel('Final', { exact: true }).isChecked())
    await page.goto(`${url}/report?facility=shenzhen&day=${day(80)}`)
    await page.locator('article').getByText('0 of 2 photos').waitFor()
    t.equal(await page.getByText('Stop the line').count(), 0)
    await page.getByLabel('Verdicts', { exact: true }).selectOption('ai')
    await page.locator('article').getByText('Stop the line').first().waitFor()

    const sheet = page.locator('article')
    const enter = async (product: string) => {
      await sheet.getByLabel('Product', { exact: true }).selectOption(product)
      await sheet.getByLabel('Units', { exact: true }).fill('1000')
      await sheet.getByRole('button', { name: 'Save' }).click()
      await sheet.getByText(`Saved: 1,000 of ${product} on ${day(80)}.`).waitFor()
    }
    await sheet.getByText('NOT JUDGED', { exact: true }).waitFor()
    await enter('WK-KN-200')
    await sheet.getByText('No number of inspected units covers all photos').waitFor()
    await sheet.getByLabel('Product', { exact: true }).selectOption('WK-KN-150')
    await sheet.getByLabel('Units', { exact: true }).fill('1000')
    await sheet.getByRole('button', { name: 'Save' }).click()
    await sheet.getByText('By inspected units 0.05%: 1 defective of 2,000. The target of 0.18% is met.').waitFor()
    await sheet.getByText('PASS', { exact: true }).waitFor()
    await page.goto(`${url}/dashboard?${place}`)
    await page.getByText('By inspected units 0%: 0 defective of 2,000. The target of 0.18% is met.').waitFor()
    await database.db.delete(inspectedUnits)

    await page.goto(`${url}/history?${place}&severity=critical`)
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor()
    await page.getByRole('button', { name: 'More filters' }).click()
    await page.getByLabel('Verdicts by', { exact: true }).selectOption('ai')
    const row = page.locator('main [data-index]')
    await row.getByText('Rust spot').waitFor()
    t.match(await row.innerText(), /NG[\s\S]*Rust spot[\s\S]*Critical/, 'shown as it is filtered: by the AI verdict')
    await page.getByRole('button', { name: 'Remove the filter Severity: Critical' }).click()
    await page.getByLabel('Verdicts by', { exact: true }).selectOption('final')
    await page.locator('main [data-index]').nth(1).waitFor()
    t.notMatch(await page.locator('main').getByRole('rowgroup').last().innerText(), /Rust spot/)
  })

  await t.test('inspected units: entered, they make the rate; corrected and removed', async (t) => {
    await page.goto(`${url}/dashboard?basis=unit`)
    await page.getByText('Nobody has entered inspected units').waitFor()
    await page.getByRole('button', { name: 'Inspected units', exact: true }).first().click()
    const form = page.locator('form')
    await form.getByLabel('Day').fill(day(4))
    await form.getByLabel('Product').selectOption('WK-KN-200')
    await form.getByLabel('Units').fill('many')
    await form.getByRole('button', { name: 'Save' }).click()
    await page.getByText('A whole number from 0 to 10,000,000').waitFor()
    await form.getByLabel('Units').fill('3000')
    await form.getByRole('button', { name: 'Save' }).click()
    await page.getByText(`Saved: 3,000 of WK-KN-200 on ${day(4)}.`).waitFor()
    await kpi(page, 'Defect rate').getByText('0.5%').waitFor()
    t.equal(await kpi(page, 'Inspected').innerText(), '3,000')
    t.match(await page.locator('main').innerText(), new RegExp(`No number covers all photos of: .*${day(1)}`))

    await page.getByRole('button', { name: `Correct WK-KN-200 on ${day(4)}` }).click()
    t.equal(await form.getByLabel('Units').inputValue(), '3000')
    await form.getByLabel('Units').fill('1500')
    await form.getByRole('button', { name: 'Save' }).click()
    await kpi(page, 'Defect rate').getByText('1%', { exact: true }).waitFor()
    await form.getByLabel('Day').fill(day(4))
    await form.getByLabel('Product').selectOption('WK-KN-200')
    await form.getByLabel('Line').fill('L1')
    await form.getByLabel('Units').fill('10')
    await form.getByRole('button', { name: 'Save' }).click()
    await page
      .getByRole('alert')
      .getByText(/which these would count twice/)
      .waitFor()
    await page.getByRole('button', { name: `Remove WK-KN-200 on ${day(4)}` }).click()
    await page.getByRole('button', { name: 'Really remove' }).click()
    await page.getByText('Nobody has entered a number yet').waitFor()
    await page.getByText('Nobody has entered inspected units').waitFor()
  })

  await t.test('nothing found, and a service that fails', async (t) => {
    await page.goto(`${url}/dashboard?facility=hongkong`)
    await page.getByRole('heading', { name: 'No photo fits these filters' }).waitFor()
    await page.route('**/api/v1/statistics?*', (route) => route.fulfill({ status: 400, body: '{}' }))
    await page.reload()
    await page.getByRole('alert').getByText('The figures could not be loaded').waitFor()
    await page.unroute('**/api/v1/statistics?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'No photo fits these filters' }).waitFor()
    t.same([faults, violations], [[], []])
  })
}

async function reportJob(t: Test, { url }: TestService, browser: Browser): Promise<void> {
  const { page, violations } = await openPage(t, browser, { colorScheme: 'dark' })
  await page.goto(`${url}/report?day=${day(4)}`)
  const sheet = page.locator('article')
  const choice = page.getByRole('search')
  await sheet.getByText('Stop the line').first().waitFor()

  await t.test('the shift: line stop, the target, and whose word it is', async (t) => {
    const text = await sheet.innerText()
    for (const wanted of [
      'NOT JUDGED',
      'Not judged against the target of 0.18%, which is a rate of inspected units',
      'Enter the inspected units.',
      '30%',
      '30 of 100 photos',
      'by final verdicts',
      'Lots to quarantine',
      '7-2',
      'Without a lot: find by part and line',
    ]) {
      t.ok(text.includes(wanted), wanted)
    }
    t.equal(
      await sheet.getByRole('region', { name: 'Defects, the worst first' }).locator('tbody tr').count(),
      30,
      'all',
    )
    await choice.getByLabel('Shift').selectOption('day')
    await sheet.getByRole('heading', { name: /^Yangjiang · Day · / }).waitFor()
    await sheet.getByText('30 of 100 photos').waitFor()
    await page.getByRole('button', { name: 'Shift after' }).click()
    await sheet.getByText('Nothing was inspected in this shift').waitFor()
    await sheet.getByText('20:00 – ').waitFor()
    t.match(page.url(), /shift=night/)
    await page.getByRole('button', { name: 'Shift after' }).click()
    await sheet.getByText('2 of 100 photos').waitFor()
    t.match(page.url(), new RegExp(`day=${day(3)}.*shift=day|shift=day.*day=${day(3)}`))
    await page.goto(`${url}/report?day=${day(1)}&truth=human`)
    await sheet.getByText('only of photos that a person has confirmed').waitFor()
    await page.goto(`${url}/report?day=${day(4)}`)
    await sheet.getByText('30 of 100 photos').waitFor()
  })

  await t.test(
    'without a day it is the shift that has ended last, and the hours are those that were set',
    async (t) => {
      const lastOf = async () => {
        const { facilities } = await bodyOf<ShiftHoursBody>(await fetch(`${url}/api/v1/shifts`))
        return facilities.find(({ facility }) => facility === 'yangjiang')?.last_finished
      }
      await page.goto(`${url}/report`)
      await sheet.waitFor()
      const last = await lastOf()
      t.equal(await choice.getByLabel('Day', { exact: true }).inputValue(), last?.day)
      t.equal(await choice.getByLabel('Shift').inputValue(), last?.shift)
      t.equal(await page.getByText('Preliminary').count(), 0)
      const hours = await fetch(`${url}/api/v1/shifts`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          facility: 'yangjiang',
          from_day: day(3),
          shifts: [{ name: '1', start: '11:00', end: '13:00' }],
          person: 'Mei',
        }),
      })
      t.equal(hours.status, 200)
      await page.goto(`${url}/report?day=${day(3)}&shift=1`)
      await sheet.getByRole('heading', { name: /^Yangjiang · 1 · / }).waitFor()
      await sheet.getByText('2 of 100 photos').waitFor()
      await page.goto(`${url}/report?day=${day(4)}`)
      await sheet.getByText('30 of 100 photos').waitFor()
    },
  )

  await t.test('on paper: A4 with every defect, the head of its table on each page, and the signatures', async (t) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
    const pages = pdf.match(/\/Type \/Page\b/g)?.length ?? 0
    t.ok(pages >= 2 && pages <= 4, `${pages} pages for 30 defects`)
    t.match(pdf, /\/MediaBox \[0 0 59[45][\d.]* 84[12]/, 'A4')
    // As wide as the paper between its margins.
    await page.setViewportSize({ width: 703, height: 1032 })
    for (const name of ['Inspector · Signature', 'Shift leader · Signature']) {
      t.ok(await page.getByText(name).isVisible(), name)
    }
    const cut = await page.evaluate(CUT)
    t.equal(cut, 0, 'nothing is cut off')
    t.equal(await page.getByRole('button').count(), 0, 'no buttons')
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' })
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  await t.test('as CSV', async (t) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ])
    t.equal(download.suggestedFilename(), `shift-report-yangjiang-${day(4)}.csv`)
    const csv = await readFile(await download.path(), 'utf8')
    t.match(csv, 'rate_status,NOT_JUDGED')
    t.equal(csv.match(/^DEF-/gm)?.length, 30)
    t.same(violations, [])
  })
}

const english = { ...enDashboard, ...enReport }
const languages: [code: Language, locale: string, messages: typeof english][] = [
  ['en', 'en-US', english],
  ['zh-Hans', 'zh-CN', { ...hansDashboard, ...hansReport }],
  ['zh-Hant', 'zh-HK', { ...hantDashboard, ...hantReport }],
]

/** Both screens in each language, on a phone, a tablet and a desk, light and dark. */
async function lookTests(t: Test, { url }: TestService, browser: Browser): Promise<void> {
  for (const [index, width] of [360, 820, 1440].entries()) {
    // Each language at a width of its own: colours and roles are the same in all.
    const [code, locale, { dashboard, report }] = languages[index] ?? ['en', 'en-US', english]
    const { page, violations } = await openPage(t, browser, { locale, viewport: { width, height: 900 } })
    const check = async (screen: string) => {
      t.equal(await overhang(page), 0, `${screen}: no sideways scrolling`)
      t.same(await foreignTexts(page, code), [], `${screen}: nothing in another language`)
      await accessible(t, page, screen)
    }
    await page.goto(`${url}/dashboard`)
    await page.getByText(dashboard.kpi.yield).waitFor()
    t.same(await clippedTexts(page), [], `Dashboard ${code} ${width}: no choice is cut`)
    await page.getByRole('button', { name: dashboard.toUnits, exact: true }).first().click()
    // They are drawn as they come into view.
    await until(
      page,
      `(scrollBy(0, innerHeight / 2), document.querySelectorAll('.recharts-surface').length === 5) && (scrollTo(0, 0), true)`,
    )
    await check(`Dashboard ${code} ${width}`)
    const asTable = page.getByRole('button', { name: new RegExp(dashboard.asTable) })
    // Each click takes one away, as it is then called otherwise.
    while ((await asTable.count()) > 0) await asTable.first().click()
    await check(`Dashboard as tables ${code} ${width}`)
    await page.goto(`${url}/report?day=${day(4)}`)
    await page.getByText(report.lineStop).first().waitFor()
    await check(`Report ${code} ${width}`)
    t.same(violations, [])
  }
}

/** The dashboard and the shift report. */
async function dashboardTests(t: Test, browser: Browser): Promise<void> {
  const service = await startService({ RATE_LIMIT_PER_IP: '1000' }, { analyzer: scriptedAnalyzer() })
  t.teardown(() => service.close())
  await fill(service)
  await t.test('dashboard', (t) => dashboardJob(t, service, browser))
  await t.test('shift report', (t) => reportJob(t, service, browser))
  await t.test('every width and language', (t) => lookTests(t, service, browser))
}

browserTest('dashboard and shift report', dashboardTests)
