import { setTimeout as sleep } from 'node:timers/promises'
import { decodeJwt, SignJWT } from 'jose'
import type { Browser } from 'playwright-core'
import type { Test } from 'tap'
import { deriveKey } from '../../api/platform/http/secrets.ts'
import { analyses } from '../../drizzle/schema.ts'
import { photo } from '../../fixtures/photos.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { startService } from '../support/service.ts'
import { accessible, addPhotos, jpegFile, openPage, overhang, rowOf, signIn } from './browser.ts'
import { browserTest } from './stage.ts'

const API_KEY = 'e2e-key-0123456789abcdef'
const SECRET_KEY = 'e2e-secret-0123456789abcdef0123456789abcdef'
/** Long enough for the page to load where other tests run beside it. */
const SESSION_MS = 8000

/** A session as the service gives it, but for its end. */
async function sessionUntil(end: number, url: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ api_key: API_KEY, name: 'Li Na' }),
  })
  const { token } = (await answer.json()) as { token: string }
  return new SignJWT(decodeJwt(token))
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(new Date(end))
    .sign(deriveKey(SECRET_KEY, 'sessions'))
}

async function signInTests(t: Test, browser: Browser): Promise<void> {
  const service = await startService({ API_KEY, SECRET_KEY }, { analyzer: scriptedAnalyzer() })
  t.teardown(() => service.close())
  const { page } = await openPage(t, browser)
  await page.goto(`${service.url}/favicon.svg`)
  // The token's end is in whole seconds.
  const end = Math.ceil((Date.now() + SESSION_MS) / 1000) * 1000
  const session = JSON.stringify({ token: await sessionUntil(end, service.url), name: 'Li Na' })
  await page.evaluate(`localStorage.setItem('wiko.session', ${JSON.stringify(session)})`)

  await page.goto(service.url)
  await page.getByLabel('Facility').waitFor()
  await sleep(Math.max(0, end - Date.now()))
  await addPhotos(page, jpegFile('waits.jpg', await photo()))
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  t.equal((await service.database.db.select().from(analyses)).length, 0)

  await page.getByLabel('Your name').fill('Li Na')
  await page.getByRole('textbox', { name: 'API key' }).fill('a-wrong-key-0123456789')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').getByText('The API key is not valid').waitFor()
  await accessible(t, page, 'sign-in with an error')

  await page.getByRole('textbox', { name: 'API key' }).fill(API_KEY)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await rowOf(page, 'waits.jpg').and(page.locator('[data-state=done]')).waitFor()
  t.equal((await service.database.db.select().from(analyses)).length, 1, 'the queue went on after signing in')
  t.notMatch(
    await page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage })'),
    API_KEY,
    'the key is not kept',
  )

  await page.reload()
  await page.getByText('Li Na', { exact: true }).waitFor()
  await page.setViewportSize({ width: 360, height: 740 })
  await accessible(t, page, 'signed in, on a phone')
  t.equal(await overhang(page), 0)

  await t.test('signing in and out holds for all tabs of the browser', async (t) => {
    const tab = await page.context().newPage()
    await tab.goto(`${service.url}/history`)
    await tab.getByText('Li Na', { exact: true }).waitFor()
    await tab.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await signIn(page, 'Wang Wei', API_KEY)
    await tab.getByText('Wang Wei', { exact: true }).waitFor()
    t.equal(await tab.getByRole('heading', { name: 'Sign in' }).count(), 0)
    await tab.close()
  })
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()

  await page.getByLabel('Language').selectOption('zh-Hans')
  await page.getByLabel('您的姓名').fill('Li Na')
  await page.getByRole('textbox', { name: 'API 密钥' }).fill('a-wrong-key-0123456789')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('alert').getByText('密钥无效，或登录已过期。').waitFor()
  await accessible(t, page, 'sign-in in Chinese')
  t.equal(await overhang(page), 0)

  await t.test('the end of a session is told in time, and then comes by itself', async (t) => {
    const { page: shift } = await openPage(t, browser)
    await shift.goto(service.url)
    await signIn(shift, 'Li Na', API_KEY)
    await shift.getByLabel('Facility').waitFor()
    t.equal(await shift.getByText('Your session ends').count(), 0)
    const endsIn = async (milliseconds: number) => {
      await shift.evaluate(`localStorage.setItem('wiko.session', JSON.stringify({
        ...JSON.parse(localStorage['wiko.session']), endsAt: Date.now() + ${milliseconds}
      }))`)
      await shift.reload()
    }
    await endsIn(9.5 * 60_000)
    await shift.getByText('Your session ends in 10 min.').waitFor()
    await accessible(t, shift, 'the session ends soon')
    await shift.getByLabel('Facility').selectOption('shenzhen')
    await shift.getByRole('button', { name: 'Sign in again now' }).click()
    await shift.getByText('Your session has ended').waitFor()
    await signIn(shift, 'Li Na', API_KEY)
    // A screen that is only hidden can be read, too.
    await shift.getByText('Your session has ended').waitFor({ state: 'detached' })
    t.equal(await shift.getByLabel('Facility').inputValue(), 'shenzhen')
    t.equal(await shift.getByText('Your session ends').count(), 0)
    await endsIn(SESSION_MS)
    await shift.getByText('Your session has ended').waitFor()
    await signIn(shift, 'Wang Wei', API_KEY)
    await shift.getByText('Wang Wei').waitFor()
  })
}

browserTest('sign-in', signInTests)
