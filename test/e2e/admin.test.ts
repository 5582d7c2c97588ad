import type { Browser } from 'playwright-core'
import type { Test } from 'tap'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { admin as english } from '../../web/src/texts/en/admin.ts'
import { admin as simplified } from '../../web/src/texts/zh-hans/admin.ts'
import { admin as traditional } from '../../web/src/texts/zh-hant/admin.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { startService } from '../support/service.ts'
import { accessible, openPage, overhang, signIn } from './browser.ts'
import { check, languages, widths } from './language-check.ts'
import { browserTest } from './stage.ts'

const API_KEY = 'e2e-key-0123456789abcdef'

const texts = { en: english, 'zh-Hans': simplified, 'zh-Hant': traditional }

/** Keys are made, changed over and ended on the page, and what they use is seen there. */
async function adminTests(t: Test, browser: Browser): Promise<void> {
  const service = await startService(
    { API_KEY, DAILY_ANALYSES: '40', RATE_LIMIT_PER_IP: '1000', RATE_LIMIT_PER_KEY: '10000' },
    { analyzer: scriptedAnalyzer() },
  )
  t.teardown(() => service.close())
  const statusOf = async (key: string) =>
    (await fetch(`${service.url}/api/v1/stats`, { headers: { 'x-api-key': key } })).status
  const analyse = async (key: string) => {
    const body = photoForm(await photo())
    const answer = await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body, headers: { 'x-api-key': key } })
    t.equal(answer.status, 200)
  }
  const { page, faults, violations } = await openPage(t, browser, {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await page.goto(`${service.url}/admin`)
  await signIn(page, 'Li Na', API_KEY)
  await page.getByText('There are no keys yet').waitFor()
  const row = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) })
  const shownKey = () => page.getByLabel('Key', { exact: true }).inputValue()
  let first = ''

  await t.test('a key is made with limits, shown once, and works', async (t) => {
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByLabel('Name').fill('Line 3, camera 2')
    await page.getByText('Limits and expiry (optional)').click()
    await page.getByLabel('Requests a minute').fill('120')
    await page.getByLabel('Analyses a day').fill('2')
    await page.getByLabel('US dollars a day').fill('1.50')
    await page.getByLabel('Last day').fill('2031-05-06')
    await accessible(t, page, 'a new key')
    await page.getByRole('button', { name: 'Create the key' }).click()
    await page.getByRole('heading', { name: 'The key of Line 3, camera 2' }).waitFor()
    first = await shownKey()
    t.match(first, /^wiko_/)
    await page.getByRole('button', { name: 'Copy the key' }).click()
    t.equal(await page.evaluate('navigator.clipboard.readText()'), first)
    await accessible(t, page, 'the key is shown')
    t.match(await row('Line 3, camera 2').innerText(), /120 requests a minute.*2 analyses.*1\.50.*2031/s)
    t.equal(await statusOf(first), 200)
    await analyse(first)
    await analyse(first)

    await page.getByRole('button', { name: 'I have stored it' }).click()
    await page.reload()
    await row('Line 3, camera 2').waitFor()
    t.notMatch(await page.content(), first)
    t.notMatch(await page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage })'), first)
  })

  await t.test('usage stands against the budgets', async (t) => {
    const used = page.getByRole('row').filter({ hasText: 'Line 3, camera 2' })
    t.match(await used.innerText(), /2\s+of 2\s+240\s+no budget\s+\$0\.002\s+of \$1\.50/)
    t.match(await page.getByRole('row').filter({ hasText: 'Whole service' }).innerText(), /2\s+of 40/)
    await page.getByText('Last 30 days').first().click()
    await page.getByRole('img', { name: /last 30 days/ }).waitFor()
  })

  await t.test('who may not administer is told so', async (t) => {
    const { page: reader } = await openPage(t, browser)
    await reader.goto(`${service.url}/admin`)
    await signIn(reader, 'Mei', first)
    await reader.getByRole('heading', { name: "This page needs an administrator's key" }).waitFor()
    await accessible(t, reader, 'no administrator')
    t.equal(await reader.getByRole('navigation').getByText('Admin').count(), 0, 'nor is it offered the screen')
    await reader.evaluate(
      `localStorage.setItem('wiko.session', JSON.stringify({ ...JSON.parse(localStorage['wiko.session']), scopes: null }))`,
    )
    await reader.reload()
    await reader.getByRole('heading', { name: "This page needs an administrator's key" }).waitFor()
    await reader.getByRole('button', { name: 'Sign in with another key' }).click()
    await reader.getByRole('heading', { name: 'Sign in' }).waitFor()
  })

  await t.test('limits, budgets and name are changed in a form, nothing else with them', async (t) => {
    await page.getByRole('button', { name: 'Change: Line 3, camera 2' }).click()
    const form = page.getByRole('form', { name: 'Change Line 3, camera 2' })
    t.equal(await form.getByLabel('Requests a minute').inputValue(), '120')
    t.equal(await form.getByLabel('US dollars a day').inputValue(), '1.5')
    t.equal(await form.getByLabel('Last day').inputValue(), '2031-05-06')
    await accessible(t, page, 'changing a key')
    await form.getByLabel('Name').fill('Line 4')
    await form.getByLabel('Analyses a day').fill('3')
    await form.getByLabel('US dollars a day').fill('')
    const asked = page.waitForRequest((request) => request.method() === 'PATCH')
    await form.getByRole('button', { name: 'Store the changes' }).click()
    t.same((await asked).postDataJSON(), { description: 'Line 4', daily_analyses: 3, daily_cost_usd: null })
    await form.waitFor({ state: 'detached' })
    t.match(await row('Line 4').innerText(), /120 requests a minute.*3 analyses.*2031/s)
    t.notMatch(await row('Line 4').innerText(), /1\.50/)
    await analyse(first)

    await page.getByRole('button', { name: 'Change: Line 4' }).click()
    const other = page.getByRole('form', { name: 'Change Line 4' })
    await other.getByLabel('Last day').fill('2020-01-01')
    await other.getByRole('button', { name: 'Store the changes' }).click()
    await other.getByText('The key could not be changed').waitFor()
    await other.getByLabel('Last day').fill('2031-05-06')
    await other.getByLabel('Name').fill('Line 3, camera 2')
    await other.getByRole('button', { name: 'Store the changes' }).click()
    await row('Line 3, camera 2').waitFor()
    t.equal(await page.evaluate('document.activeElement?.ariaLabel'), 'Change: Line 3, camera 2', 'the focus is back')
  })

  await t.test('rotated: the value before lives on for the time chosen', async (t) => {
    await page.getByRole('button', { name: 'Rotate: Line 3, camera 2' }).click()
    await page.getByLabel('How long does the value before stay valid?').selectOption('72')
    await page.getByRole('button', { name: 'Make a new value' }).click()
    await page.getByText('The value before stays valid until').waitFor()
    const second = await shownKey()
    t.not(second, first)
    t.same([await statusOf(first), await statusOf(second)], [200, 200])
    await page.getByRole('button', { name: 'Rotate: Line 3, camera 2' }).click()
    await page.getByLabel('How long does the value before stay valid?').selectOption('0')
    await page.getByRole('button', { name: 'Make a new value' }).click()
    await page.getByText('The value before stays valid until').waitFor({ state: 'detached' })
    const third = await shownKey()
    t.same([await statusOf(first), await statusOf(second), await statusOf(third)], [401, 401, 200])
    first = third
  })

  await t.test('a session that ends while something is typed loses nothing of it', async (t) => {
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByLabel('Name').fill('Half typed')
    const refusal = { status: 401, contentType: 'application/problem+json', body: '{"detail":"ended","status":401}' }
    await page.route('**/api/v1/keys', (route) => route.fulfill(refusal), { times: 1 })
    await page.getByRole('button', { name: 'Create the key' }).click()
    await page.getByText('Your session has ended').waitFor()
    t.equal(await page.getByLabel('Your name').inputValue(), 'Li Na')
    t.notOk(await page.getByRole('heading', { name: 'Administration' }).isVisible())
    await signIn(page, 'Li Na', API_KEY)
    await page.getByRole('heading', { name: 'Administration' }).waitFor()
    t.match(await page.title(), /^Administration/)
    t.equal(await page.getByLabel('Name').inputValue(), 'Half typed')
    await page.getByRole('button', { name: 'Create the key' }).click()
    await page.getByRole('heading', { name: 'The key of Half typed' }).waitFor()
  })

  await t.test('revoked only after the question that names it', async (t) => {
    await page.getByRole('button', { name: 'Revoke: Line 3, camera 2' }).click()
    await page.getByRole('heading', { name: 'Revoke Line 3, camera 2?' }).waitFor()
    await accessible(t, page, 'revoke')
    await page.keyboard.press('Escape')
    t.equal(await page.evaluate('document.activeElement?.ariaLabel'), 'Revoke: Line 3, camera 2', 'the focus is back')
    t.equal(await statusOf(first), 200)
    await page.getByRole('button', { name: 'Revoke: Line 3, camera 2' }).click()
    await page.getByRole('button', { name: 'Revoke Line 3, camera 2', exact: true }).click()
    await page.getByText('Revoked and expired (1)').click()
    t.match(await row('Line 3, camera 2').innerText(), /Revoked/)
    t.equal(await statusOf(first), 401)
    await accessible(t, page, 'with a revoked key')
  })

  await t.test('in every language and width', async (t) => {
    const kept = await page.evaluate<string>(`localStorage.getItem('wiko.session')`)
    for (const [code, locale] of languages) {
      const admin = texts[code]
      for (const width of widths) {
        const { page: other } = await openPage(t, browser, { locale, viewport: { width, height: 900 } })
        await other.goto(`${service.url}/favicon.svg`)
        await other.evaluate(`localStorage.setItem('wiko.session', ${JSON.stringify(kept.replace('Li Na', '李娜'))})`)
        await other.route('**/api/v1/keys', async (route) => {
          const body = await (await route.fetch()).text()
          await route.fulfill({ body: body.replaceAll('Line 3, camera 2', '3 - 2').replaceAll('Half typed', '4') })
        })
        await other.route('**/api/v1/usage*', async (route) => {
          await route.fulfill({ body: (await (await route.fetch()).text()).replaceAll('Line 3, camera 2', '3 - 2') })
        })
        await other.goto(`${service.url}/admin`)
        await other.getByText(admin.inactive(1)).click()
        await other.getByText(admin.usage.last(30)).first().click()
        await other.getByText(admin.usage.asTable).click()
        await other.getByRole('button', { name: admin.newKey }).click()
        await other.getByText(admin.form.limits).click()
        if (code === 'en') t.equal(await overhang(other), 0, `en, ${width} px`)
        else await check(t, other, code, `Administration, ${code}, ${width} px`)
        if (code === 'zh-Hant' && width === 360) await accessible(t, other, 'Administration on a phone')
      }
    }
  })
  t.same([faults, violations], [[], []])
}

browserTest('administration', adminTests)
