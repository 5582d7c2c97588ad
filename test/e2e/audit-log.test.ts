import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import type { Test } from 'tap'
import { admin as english } from '../../web/src/texts/en/admin.ts'
import { admin as simplified } from '../../web/src/texts/zh-hans/admin.ts'
import { admin as traditional } from '../../web/src/texts/zh-hant/admin.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { startService } from '../support/service.ts'
import { accessible, openPage, overhang, signIn, until } from './browser.ts'
import { check, languages, widths } from './language-check.ts'
import { browserTest } from './stage.ts'

const API_KEY = 'e2e-key-0123456789abcdef'
const texts = { en: english, 'zh-Hans': simplified, 'zh-Hant': traditional }

browserTest('audit log', async (t: Test, browser: Browser) => {
  const env = { API_KEY, RATE_LIMIT_PER_IP: '1000', RATE_LIMIT_PER_KEY: '10000' }
  const service = await startService(env, { analyzer: scriptedAnalyzer() })
  t.teardown(() => service.close())
  await service.database.pool.query(
    `insert into audit_log (timestamp, caller, person, endpoint, method, response_code, ip_address, request_id)
     select now() - interval '1 day' - n * interval '1 second', 'admin', 'Mei', '/api/v1/analyze', 'POST',
       case when n = 7 then 503 else 200 end, '10.0.0.7', 'request-' || n from generate_series(1, 120) n`,
  )
  const { page, faults, violations } = await openPage(t, browser)
  await page.goto(`${service.url}/admin`)
  await signIn(page, 'Li Na', API_KEY)
  const entries = page.getByRole('list', { name: 'Audit log' }).getByRole('listitem')

  await t.test('a tab of Admin lists every call, and older ones on demand', async (t) => {
    await page.getByRole('link', { name: 'Audit log' }).click()
    await page.getByRole('heading', { name: 'Audit log' }).waitFor()
    t.match(page.url(), /\/admin\/audit-log$/)
    t.match(await page.title(), /^Administration: Audit log/)
    await entries.nth(49).waitFor()
    t.equal(await entries.count(), 50)
    t.match(
      await entries.last().innerText(),
      /Mei\s+Administrator's key.*POST \/api\/v1\/analyze.*Success · 200.*10\.0\.0\.7/s,
    )
    await page.getByRole('button', { name: 'Load older entries' }).click()
    await entries.nth(99).waitFor()
    await accessible(t, page, 'audit log')
  })

  await t.test('filters stand in the address and hold for the CSV', async (t) => {
    await page.getByLabel('Outcome').selectOption('failed')
    await until(page, `document.querySelectorAll('main ol > li').length === 1`)
    t.match(await entries.first().innerText(), /Failed · 503/)
    await page.getByLabel('Person').fill('mei')
    await page.getByLabel('Person').press('Enter')
    await page.waitForURL(/outcome=failed&person=mei/)
    await page.reload()
    await page.getByText('Failed · 503').waitFor()
    t.equal(await page.getByLabel('Person').inputValue(), 'mei')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ])
    const csv = await readFile(await download.path(), 'utf8')
    t.equal(csv.trim().split('\n').length, 2, 'the heading and one entry')
    t.match(csv, /request-7/)
    await page.getByLabel('From', { exact: true }).fill('2031-01-01')
    await page.getByLabel('From', { exact: true }).press('Enter')
    await page.getByText('Nothing fits these filters.').waitFor()
    await page.goBack()
    await page.getByText('Failed · 503').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await entries.nth(49).waitFor()
    t.notMatch(page.url(), /\?./)
  })

  await t.test('in every language and width', async (t) => {
    const kept = await page.evaluate<string>(`localStorage.getItem('wiko.session')`)
    const entry = {
      id: 'a',
      timestamp: '2026-11-01T00:00:00Z',
      actor: 'admin',
      key: null,
      person: '李娜',
      method: '',
      status: 200,
    }
    const rest = { endpoint: '/', calls: 1, ip_address: '10.0.0.7', request_id: null }
    const sum = {
      ...entry,
      ...rest,
      id: 'b',
      actor: 'anonymous',
      person: null,
      endpoint: null,
      method: null,
      status: 401,
    }
    for (const [code, locale] of languages) {
      for (const width of widths) {
        const { page: other } = await openPage(t, browser, { locale, viewport: { width, height: 900 } })
        await other.goto(`${service.url}/favicon.svg`)
        await other.evaluate(`localStorage.setItem('wiko.session', ${JSON.stringify(kept.replace('Li Na', '李娜'))})`)
        await other.route('**/api/v1/audit-log?*', (route) =>
          route.fulfill({
            json: {
              entries: [
                { ...entry, ...rest },
                { ...sum, calls: 1200 },
              ],
              next_cursor: 'more',
            },
          }),
        )
        await other.route('**/api/v1/audit-log', (route) =>
          route.fulfill({
            json: {
              entries: [
                { ...entry, ...rest },
                { ...sum, calls: 1200 },
              ],
              next_cursor: 'more',
            },
          }),
        )
        await other.goto(`${service.url}/admin/audit-log?outcome=refused`)
        await other.getByText(texts[code].audit.sum('1,200')).waitFor()
        if (code === 'en') t.equal(await overhang(other), 0, `en, ${width} px`)
        else await check(t, other, code, `Audit log, ${code}, ${width} px`)
        if (code === 'zh-Hant' && width === 360) await accessible(t, other, 'audit log on a phone')
      }
    }
  })
  t.same([faults, violations], [[], []])
})
