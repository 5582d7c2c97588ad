import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import type { AnalyzerInput } from '../../api/analyzers/analyzer.ts'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import { analyses } from '../../drizzle/schema.ts'
import { eventually } from '../../fixtures/load.ts'
import { photo } from '../../fixtures/photos.ts'
import { resultOf, scriptedAnalyzer } from '../support/analyzers.ts'
import { startService } from '../support/service.ts'
import { addPhotos, jpegFile, openPage, rowOf, type TestFile } from './browser.ts'
import { browserTest, type Stage, stageTest } from './stage.ts'

const API_KEY = 'reload-key-0123456789abcdef'

const photosNamed = (...names: string[]): Promise<TestFile[]> =>
  Promise.all(names.map(async (name) => jpegFile(`${name}.jpg`, await photo())))

/** An analyzer that answers when it is let, and counts what it has answered and what was cut off. */
function gatedAnswers() {
  const counts = { answered: 0, cut: 0 }
  let gate = Promise.withResolvers<void>()
  return {
    counts,
    open: () => gate.resolve(),
    shut: () => {
      gate = Promise.withResolvers<void>()
    },
    answer: async ({ signal }: AnalyzerInput) => {
      const cut = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
      await Promise.race([gate.promise, cut])
      if (signal.aborted) {
        counts.cut++
        throw new AnalyzerError('aborted', 'gone')
      }
      counts.answered++
      return resultOf()
    },
  }
}

const finished = (page: Page, count: number) => page.getByText(`${count} of ${count} finished`).first().waitFor()

/** The queue outlives the tab: nothing is lost, and nothing is done twice. */
async function reloadTests(t: Test, { browser, service, analyzer }: Stage): Promise<void> {
  const rowsOf = async (prefix: string) =>
    (await service.database.db.select().from(analyses)).filter(({ fileName }) => fileName?.startsWith(prefix))
  const onceEach = async (t: Test, prefix: string, count: number) => {
    const names = (await rowsOf(prefix)).map(({ fileName }) => fileName)
    t.equal(names.length, count, 'a row for each photo')
    t.equal(new Set(names).size, count, 'and no more')
  }

  await t.test('a reload in the middle: results are there again, the rest goes on under the same keys', async (t) => {
    const model = gatedAnswers()
    analyzer.answer = model.answer
    const { page } = await openPage(t, browser)
    const keys: string[] = []
    page.on('request', (request) => {
      const key = request.headers()['idempotency-key']
      if (key) keys.push(key)
    })
    await page.goto(service.url)
    model.open()
    await addPhotos(page, ...(await photosNamed('reload-a', 'reload-b')))
    await finished(page, 2)
    model.shut()
    await addPhotos(page, ...(await photosNamed('reload-c', 'reload-d', 'reload-e', 'reload-f', 'reload-g')))
    await page.locator('li[data-state=analysing]').nth(2).waitFor()
    await page.locator('li[data-state=queued]').nth(1).waitFor()
    let asked = false
    page.once('dialog', () => {
      asked = true
    })
    await page.reload()
    t.notOk(asked, 'nothing can be lost, so nobody is asked')
    await page.getByRole('button', { name: 'Show the result of reload-a.jpg' }).waitFor()
    model.open()
    await finished(page, 7)
    await page.locator('li[data-state=done]').nth(6).waitFor()
    t.equal(new Set(keys).size, 7, 'a key for each photo, before and after')
    t.equal(model.counts.answered, 7, 'the model answered once for each')
    t.ok(model.counts.cut <= 3, 'what the reload cut off was cancelled at the model')
    await onceEach(t, 'reload-', 7)

    await page.getByRole('link', { name: 'History' }).click()
    await page.getByRole('link', { name: 'Inspect' }).click()
    await page.getByRole('button', { name: 'Clear finished' }).click()
    await page.reload()
    await page.getByRole('button', { name: 'Try the sample photo' }).waitFor()
    await sleep(300)
    t.equal(await page.locator('li[data-state]').count(), 0, 'what was cleared does not come again')
  })

  await t.test('a crashed tab: the next one goes on, on whatever screen it opens', async (t) => {
    const model = gatedAnswers()
    analyzer.answer = model.answer
    const { page } = await openPage(t, browser)
    await page.goto(service.url)
    await addPhotos(page, ...(await photosNamed('crash-a', 'crash-b', 'crash-c', 'crash-d')))
    await page.locator('li[data-state=analysing]').nth(2).waitFor()
    await page.locator('li[data-state=queued]').waitFor()
    const crashed = page.waitForEvent('crash')
    await page.goto('chrome://crash').catch(() => undefined)
    await crashed
    const next = await page.context().newPage()
    await next.goto(`${service.url}/history`)
    model.open()
    await eventually(async () => (await rowsOf('crash-')).length >= 4, 60)
    await onceEach(t, 'crash-', 4)
    t.equal(model.counts.answered, 4)
    await next.getByRole('link', { name: 'Inspect' }).click()
    await finished(next, 4)
  })

  await t.test('two tabs: one sends, the other says so, adds to it and can take it over', async (t) => {
    const model = gatedAnswers()
    analyzer.answer = model.answer
    const { page } = await openPage(t, browser)
    await page.goto(service.url)
    await addPhotos(page, ...(await photosNamed('tabs-a', 'tabs-b', 'tabs-c', 'tabs-d')))
    await page.locator('li[data-state=analysing]').nth(2).waitFor()
    const other = await page.context().newPage()
    await other.goto(service.url)
    await other.getByText('The queue runs in another tab').waitFor()
    await addPhotos(other, ...(await photosNamed('tabs-e')))
    await rowOf(page, 'tabs-e.jpg').waitFor()
    t.equal(await other.locator('li[data-state]').count(), 0)
    t.ok(analyzer.inputs.length > 0)

    await other.getByRole('button', { name: 'Show it here' }).click()
    await page.getByText('The queue runs in another tab').waitFor()
    await rowOf(other, 'tabs-e.jpg').waitFor()
    model.open()
    await finished(other, 5)
    await onceEach(t, 'tabs-', 5)
    t.equal(model.counts.answered, 5)
    t.equal(await page.locator('li[data-state]').count(), 0)
    await other.close()
    await rowOf(page, 'tabs-e.jpg').and(page.locator('[data-state=done]')).waitFor()
    t.equal(await page.getByText('The queue runs in another tab').count(), 0, 'the last tab has it without being asked')
  })

  await t.test('a browser that keeps nothing says so, and asks before photos are lost', async (t) => {
    const model = gatedAnswers()
    analyzer.answer = model.answer
    const { page } = await openPage(t, browser)
    await page.addInitScript("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    await page.goto(service.url)
    await addPhotos(page, ...(await photosNamed('ma')))
    await page.getByText('This browser does not keep the queue').waitFor()
    await page.locator('li[data-state=analysing]').waitFor()
    const asked = page.waitForEvent('dialog').then(async (dialog) => {
      await dialog.dismiss()
      return dialog.type()
    })
    // Chromium asks only where somebody has touched the page.
    await page.locator('h2').first().click()
    await page.evaluate('setTimeout(() => location.reload())')
    t.equal(await asked, 'beforeunload')
    model.open()
    await finished(page, 1)
  })

  await t.test('where the storage is full, photos are sent from memory', async (t) => {
    const model = gatedAnswers()
    analyzer.answer = model.answer
    const { page } = await openPage(t, browser)
    await page.goto(service.url)
    const chromium = await page.context().newCDPSession(page)
    await chromium.send('Storage.overrideQuotaForOrigin', { origin: service.url, quotaSize: 10_000 })
    await addPhotos(page, jpegFile('fa.jpg', Buffer.concat([await photo(), Buffer.alloc(200_000)])))
    await page.getByText('The storage of this browser is full').waitFor()
    model.open()
    await rowOf(page, 'fa.jpg').and(page.locator('[data-state=done]')).waitFor()
    t.equal(await page.getByText('The storage of this browser is full').count(), 0, 'nothing is at risk any more')
  })
}

/** Who signs out leaves the photos waiting, and they go on with the next sign-in. */
async function signedOutTests(t: Test, browser: Browser): Promise<void> {
  const model = gatedAnswers()
  const analyzer = scriptedAnalyzer(model.answer)
  const service = await startService({ API_KEY }, { analyzer })
  t.teardown(() => service.close())
  const { page } = await openPage(t, browser)
  const signIn = async () => {
    await page.getByLabel('Your name').fill('Li Na')
    await page.getByRole('textbox', { name: 'API key' }).fill(API_KEY)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  await page.goto(service.url)
  await signIn()
  await page.getByRole('button', { name: 'Choose photos' }).waitFor()
  await addPhotos(page, ...(await photosNamed('a', 'b', 'c', 'd', 'e')))
  await page.locator('li[data-state=analysing]').nth(2).waitFor()
  await eventually(() => analyzer.inputs.length >= 3)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  model.open()
  await sleep(1500)
  t.equal(analyzer.inputs.length, 3, 'none is sent for nobody')
  await signIn()
  await finished(page, 5)
  t.equal((await service.database.db.select().from(analyses)).length, 5)
  t.equal(analyzer.inputs.length, 5)
}

stageTest('reload', reloadTests)
browserTest('signed out', signedOutTests)
