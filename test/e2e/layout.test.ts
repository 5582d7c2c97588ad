import type { Page, Route } from 'playwright-core'
import type { Test } from 'tap'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import { photo } from '../../fixtures/photos.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { addPhotos, jpegFile, openPage, rowOf } from './browser.ts'
import { drawAll, layoutFaults, verdictInView } from './geometry.ts'
import { storeResult } from './results.ts'
import { type Stage, stageTest } from './stage.ts'

/** Phones, tablets, laptops and desks. */
const WINDOWS: [width: number, height: number][] = [
  [360, 740],
  [390, 844],
  [820, 1180],
  [1024, 768],
  [1280, 720],
  [1366, 768],
  [1440, 900],
  [1920, 1080],
]
const NG = resultOf([rust, { ...rust, defect_type: 'blade_scratch', severity: 'minor', bounding_box: null }])
const ANSWERS = [NG, resultOf([{ ...rust, severity: 'major', confidence: 0.4 }]), resultOf()]
const SHOWN = ['ng.jpg', 'review.jpg', 'ok.jpg']
const LONG_NAME = 'fails-under-a-very-long-file-name-from-a-camera-0001.jpg'

/** One open page through all windows: nothing over each other, cut off, or wider than the window. */
async function inEveryWindow(t: Test, page: Page, screen: string, each?: (window: string) => Promise<void>) {
  await drawAll(page)
  const faults: Record<string, number[]> = {}
  for (const [width, height] of WINDOWS) {
    await page.setViewportSize({ width, height })
    await each?.(`${screen}, ${width} px`)
    await page.evaluate('scrollTo(0, 0)')
    for (const fault of await layoutFaults(page)) faults[fault] = [...(faults[fault] ?? []), width]
  }
  t.same(
    Object.entries(faults).map(([fault, widths]) => `${fault}, at ${widths.join(', ')} px`),
    [],
    screen,
  )
}

/** Answers of the service, but for those that open the session without which there is no screen. */
const answers = (page: Page, answer: (route: Route) => unknown) =>
  page.route(/\/api\/v1\/(?!info|session)/, (route) => void answer(route))

const refuse = (status: number) => (route: Route) =>
  route.fulfill({
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ status, title: 'Refused', detail: 'The service refuses this for the test' }),
  })

/** Every screen in every state keeps its texts and controls apart at every usual width. */
async function layoutTests(t: Test, stage: Stage): Promise<void> {
  const { browser, service, analyzer } = stage
  const id = await storeResult(stage, NG)
  const screens = ['', `results/${id}`, 'review', 'history?view=table', 'history?view=gallery']
  const figures = ['dashboard', 'report', 'quality', 'admin', 'admin/photo-limits', 'admin/audit-log']
  const none = ['history?text=nothing-has-this', 'review?product=none', 'quality?product=WK-CI-280', 'nowhere']
  const open = async (t: Test, locale = 'en-GB') => {
    const { page } = await openPage(t, browser, { locale, reducedMotion: 'reduce' })
    return page
  }

  for (const locale of ['en-GB', 'zh-CN', 'zh-HK']) {
    await t.test(`inspect and result, ${locale}`, async (t) => {
      let asked = 0
      analyzer.answer = () => {
        const answer = ANSWERS[asked++]
        if (!answer) throw new AnalyzerError('unavailable', 'The model cannot be reached')
        return answer
      }
      const page = await open(t, locale)
      await page.goto(service.url)
      await page.locator('main button').first().waitFor()
      await inEveryWindow(t, page, 'Inspect, empty')
      for (const name of SHOWN) {
        await addPhotos(page, jpegFile(name, await photo(400, 300)))
        await rowOf(page, name).and(page.locator('[data-state=done]')).waitFor()
      }
      await addPhotos(page, jpegFile(LONG_NAME, await photo()), jpegFile('notes.jpg', Buffer.from('text')))
      await rowOf(page, LONG_NAME).and(page.locator('[data-state=failed]')).waitFor()
      await rowOf(page, 'notes.jpg').and(page.locator('[data-state=refused]')).waitFor()
      for (const [index, name] of SHOWN.entries()) {
        const another = SHOWN[(index + 1) % SHOWN.length] ?? ''
        await inEveryWindow(t, page, `Inspect, ${name}`, async (window) => {
          // As it comes: the page brings a new result into view itself.
          for (const file of [another, name]) await rowOf(page, file).locator('button').first().click()
          await page.locator('article').getByText(name).first().waitFor()
          t.ok(await verdictInView(page), `${window}: ${name} can be seen at once`)
        })
      }
      await page.goto(`${service.url}/results/${id}`)
      await page.locator('article img').first().waitFor()
      await inEveryWindow(t, page, 'Result', async (window) => {
        await page.evaluate('scrollTo(0, 0)')
        t.ok(await verdictInView(page), `${window}: the verdict is in the first view`)
      })
    })
  }

  await t.test('with content', async (t) => {
    const page = await open(t)
    for (const path of [...screens.slice(2), ...figures, ...none]) {
      await page.goto(`${service.url}/${path}`)
      await page.locator('main :is(h1, h2)').first().waitFor()
      await page.waitForLoadState('networkidle')
      await inEveryWindow(t, page, path)
    }
  })

  await t.test('while loading', async (t) => {
    const page = await open(t)
    await answers(page, () => undefined)
    for (const path of [...screens, ...figures]) {
      await page.goto(`${service.url}/${path}`)
      await page.locator('main > *').first().waitFor({ state: 'attached' })
      await inEveryWindow(t, page, `${path}, loading`)
    }
  })

  await t.test('when the service refuses', async (t) => {
    const page = await open(t)
    await answers(page, refuse(400))
    for (const path of [...screens, ...figures]) {
      await page.goto(`${service.url}/${path}`)
      await page.getByRole('alert').first().waitFor()
      await inEveryWindow(t, page, `${path}, refused`)
    }
  })

  await t.test('signed out', async (t) => {
    const page = await open(t)
    await page.route('**/api/v1/info', async (route) => {
      const info = await (await route.fetch()).json()
      await route.fulfill({ json: { ...info, sign_in_required: true } })
    })
    await page.route('**/api/v1/session', refuse(401))
    await page.goto(service.url)
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await inEveryWindow(t, page, 'Sign-in')
    await page.getByLabel('Your name').fill('Li Na')
    await page.getByRole('textbox', { name: 'API key' }).fill('a-wrong-key-0123456789')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').waitFor()
    await inEveryWindow(t, page, 'Sign-in, refused')
  })
}

stageTest('layout', layoutTests)
