import type { Browser } from 'playwright-core'
import type { Test } from 'tap'
import { admin as english } from '../../web/src/texts/en/admin.ts'
import { admin as simplified } from '../../web/src/texts/zh-hans/admin.ts'
import { admin as traditional } from '../../web/src/texts/zh-hant/admin.ts'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'
import { accessible, openPage, overhang, signIn } from './browser.ts'
import { check, languages, widths } from './language-check.ts'
import { browserTest } from './stage.ts'

const API_KEY = 'e2e-key-0123456789abcdef'
const texts = { en: english, 'zh-Hans': simplified, 'zh-Hant': traditional }

browserTest('photo limits', async (t: Test, browser: Browser) => {
  const env = { API_KEY, PHOTO_GATE: 'on', RATE_LIMIT_PER_IP: '1000', RATE_LIMIT_PER_KEY: '10000' }
  const service = await startService(env, { analyzer: scriptedAnalyzer() })
  t.teardown(() => service.close())
  const stored = async () => {
    const answer = await fetch(`${service.url}/api/v1/photo-limits`, { headers: { 'x-api-key': API_KEY } })
    const { settings } = await bodyOf<{ settings: { scope: string; name: string; limits: object }[] }>(answer)
    return settings.map(({ scope, name, limits }) => ({ scope, name, limits }))
  }
  const { page, faults, violations } = await openPage(t, browser)
  await page.goto(`${service.url}/quality`)
  await signIn(page, 'Li Na', API_KEY)
  const form = page.getByRole('main').locator('form')

  await t.test('Quality leads to the limits, which say what is measured and in what unit', async (t) => {
    await page.getByRole('link', { name: 'Photo limits' }).click()
    await page.getByText('No product and no station has limits of its own').waitFor()
    t.match(page.url(), /\/admin\/photo-limits$/)
    const figures = await page.getByRole('region', { name: 'What is measured' }).innerText()
    t.match(figures, /Outlines\s+Share of the photo that shows outlines.*at least 1 %/s)
    t.match(figures, /Size of the part.*at least 250 pixels/s)
    t.match(figures, /Glare.*at most 25 %/s)
    await accessible(t, page, 'photo limits')
  })

  await t.test('a product gets limits, in the unit that people read', async (t) => {
    await page.getByRole('button', { name: 'Set limits' }).click()
    await form.getByLabel('Product', { exact: true }).selectOption('WK-CI-280')
    await form.getByRole('button', { name: 'Store the limits' }).click()
    await form.getByText('Type at least one limit.').waitFor()
    await form.getByLabel(/^Glare/).fill('130')
    await form.getByText('A number from 0 to 100 %.').waitFor()
    await accessible(t, page, 'a wrong limit')
    t.same(await stored(), [], 'a wrong limit is not sent')
    await form.getByLabel(/^Glare/).fill('40')
    await form.getByLabel(/^Size of the part/).fill('300')
    await form.getByRole('button', { name: 'Store the limits' }).click()
    await page.getByRole('heading', { name: 'Product WK-CI-280' }).waitFor()
    const limits = { glare: 0.4, part_too_small: 300 }
    t.same(await stored(), [{ scope: 'product', name: 'WK-CI-280', limits }])
    const row = await page.getByRole('listitem').filter({ hasText: 'WK-CI-280' }).innerText()
    t.match(row, /Glare\s+at most 40 %\s*default 25.*at least 300 pixels\s*default 250.*Set by Li Na/s)
  })

  await t.test('a station gets limits, which are changed and reset', async (t) => {
    await page.getByRole('button', { name: 'Set limits' }).click()
    await form.getByLabel('For').selectOption('station')
    await form.getByLabel(/^Brightness/).fill('60')
    await form.getByRole('button', { name: 'Store the limits' }).click()
    await form.getByText('Say which station.').waitFor()
    await form.getByLabel('Station', { exact: true }).fill('cam-2')
    await form.getByRole('button', { name: 'Store the limits' }).click()
    await page.getByRole('button', { name: 'Change: Station cam-2' }).click()
    t.equal(await form.getByLabel(/^Brightness/).inputValue(), '60')
    await form.getByLabel(/^Brightness/).fill('')
    await form.getByLabel(/^Blur/).fill('1.5')
    await form.getByRole('button', { name: 'Store the limits' }).click()
    await page.getByText('at most 1.5 pixels').waitFor()
    const [, station] = await stored()
    t.same(station, { scope: 'station', name: 'cam-2', limits: { out_of_focus: 1.5 } })
    await page.getByRole('button', { name: 'Reset to the defaults: Station cam-2' }).click()
    await page.getByRole('heading', { name: 'Station cam-2' }).waitFor({ state: 'detached' })
    t.equal((await stored()).length, 1)
  })

  await t.test('in every language and width', async (t) => {
    const kept = await page.evaluate<string>(`localStorage.getItem('wiko.session')`)
    for (const [code, locale] of languages) {
      const { photoLimits } = texts[code]
      for (const width of widths) {
        const { page: other } = await openPage(t, browser, { locale, viewport: { width, height: 900 } })
        await other.goto(`${service.url}/favicon.svg`)
        await other.evaluate(`localStorage.setItem('wiko.session', ${JSON.stringify(kept.replace('Li Na', '李娜'))})`)
        await other.route('**/api/v1/photo-limits', async (route) => {
          await route.fulfill({ body: (await (await route.fetch()).text()).replaceAll('Li Na', '李娜') })
        })
        await other.goto(`${service.url}/admin/photo-limits`)
        await other.getByRole('button', { name: photoLimits.add }).click()
        await other.getByRole('button', { name: photoLimits.save }).click()
        await other.getByText(photoLimits.faults.none).waitFor()
        if (code === 'en') t.equal(await overhang(other), 0, `en, ${width} px`)
        else await check(t, other, code, `Photo limits, ${code}, ${width} px`)
        if (code === 'zh-Hant' && width === 360) await accessible(t, other, 'photo limits on a phone')
      }
    }
  })
  t.same([faults, violations], [[], []])
})
