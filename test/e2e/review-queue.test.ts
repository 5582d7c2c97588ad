import { setTimeout as sleep } from 'node:timers/promises'
import { inArray } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { analyses } from '../../drizzle/schema.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { openPage } from './browser.ts'
import { languages } from './language-check.ts'
import { storeResult } from './results.ts'
import { type Stage, stageTest } from './stage.ts'

/** Until then only the first of the three verdicts has been read. */
const canGoOn = (page: Page) => page.locator('button:enabled', { hasText: 'Next' }).waitFor()

/** What waits for a person, worked through without a mouse. */
async function reviewQueueTests(t: Test, stage: Stage): Promise<void> {
  const { browser, service } = stage
  const fields = { product_sku: 'WK-CI-280', facility: 'hongkong' }
  const place = 'facility=hongkong&product=WK-CI-280'
  /** All that nobody has judged, on demand. */
  const address = `${service.url}/review?${place}&show=unjudged`
  /** In the order that they are not worked through. */
  const storeThree = async () => {
    const good = await storeResult(stage, resultOf(), fields)
    const doubtful = await storeResult(stage, resultOf([{ ...rust, confidence: 0.3 }]), fields)
    const bad = await storeResult(stage, resultOf([rust]), fields)
    return { good, doubtful, bad }
  }
  const verdicts = async (ids: string[]) => {
    const rows = await service.database.db.select().from(analyses).where(inArray(analyses.defectId, ids))
    return Object.fromEntries(rows.map((row) => [row.defectId, row.reviewedVerdict]))
  }

  await t.test('of a fresh system it says where to begin, in three languages', async (t) => {
    for (const [, locale, { review }] of languages) {
      const { page } = await openPage(t, browser, { locale })
      await page.goto(`${service.url}/review`)
      await page.getByRole('heading', { name: review.nothingYet }).waitFor()
      await page.getByRole('link', { name: review.toInspect }).click()
      await page.waitForURL(`${service.url}/`)
    }
    const { page } = await openPage(t, browser)
    await page.goto(`${service.url}/review?product=WK-KN-200`)
    await page.getByText('Nothing that fits these filters waits for a person.').waitFor()
    await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click()
    await page.getByRole('heading', { name: 'Nothing to review yet' }).waitFor()
  })

  await t.test('of a long queue, the count says that there are more', async (t) => {
    const { page } = await openPage(t, browser)
    await page.route('**/api/v1/analyses/count*', (route) => route.fulfill({ json: { count: 10_000, more: true } }))
    await page.goto(`${service.url}/review`)
    await page.getByText('more than 10,000 left').waitFor()
    t.pass()
  })

  await t.test(
    'it has what needs a person and the random sample, as many as the header says, and the rest on demand',
    async (t) => {
      const { good, doubtful, bad } = await storeThree()
      const drawn = await storeResult(stage, resultOf(), fields)
      await service.database.db
        .update(analyses)
        .set({ randomCheck: true })
        .where(inArray(analyses.defectId, [drawn]))
      const { page, faults } = await openPage(t, browser)
      const shown = (id: string) => page.locator(`article a[href="/results/${id}"]`).waitFor()
      await page.goto(`${service.url}/review`)
      const badge = page.getByRole('link', { name: /^Review/ })
      await badge.getByText('2 waiting').waitFor()
      await page.getByText('2 left').waitFor()
      await shown(doubtful)
      await page.keyboard.press('a')
      await shown(drawn)
      await page.getByText('Drawn at random for a check by a person').waitFor()
      await badge.getByText('1 waiting').waitFor()
      await page.keyboard.press('a')
      await page.getByRole('heading', { name: 'All reviewed' }).waitFor()
      await badge.getByText('waiting').waitFor({ state: 'detached' })
      t.same(await verdicts([good, doubtful, bad, drawn]), {
        [good]: null,
        [doubtful]: 'ng',
        [bad]: null,
        [drawn]: 'ok',
      })
      await page.getByLabel('Show').selectOption('unjudged')
      await page.getByText('2 left').waitFor()
      await shown(bad)
      t.match(page.url(), /show=unjudged/)
      await page.keyboard.press('a')
      await page.getByText('1 left').waitFor()
      await page.keyboard.press('a')
      await page.getByRole('heading', { name: 'All reviewed' }).waitFor()
      t.same(faults, [])
    },
  )

  await t.test('three parts by keys: the doubtful first, then the bad, then the good', async (t) => {
    const { good, doubtful, bad } = await storeThree()
    const { page, faults, violations } = await openPage(t, browser)
    const shown = (id: string) => page.locator(`article a[href="/results/${id}"]`).waitFor()
    await page.goto(address)
    await shown(doubtful)
    await page.getByText('3 left').waitFor()
    await canGoOn(page)
    await page.keyboard.press('j')
    await shown(bad)
    await page.keyboard.press('ArrowRight')
    await shown(good)
    await page.keyboard.press('k')
    await page.keyboard.press('ArrowLeft')
    await shown(doubtful)
    t.equal(await page.locator('[data-finding]').count(), 1)
    await page.keyboard.press('b')
    t.equal(await page.locator('[data-finding]').count(), 0)

    await page.getByLabel('Comment').fill('j')
    await page.getByLabel('Comment').press('a')
    await page.getByLabel('Comment').press('?')
    t.equal(await page.getByLabel('Comment').inputValue(), 'ja?', 'keys are letters while somebody types')
    await page.keyboard.press('Tab')
    await page.keyboard.press('?')
    const list = page.getByRole('dialog', { name: 'Keys of this screen' })
    await list.getByText('Blade scratch').waitFor()
    await list.getByRole('switch').press(' ')
    await page.keyboard.press('Escape')
    await list.waitFor({ state: 'detached' })
    await page.keyboard.press('j')
    await page.reload()
    await shown(doubtful)
    await canGoOn(page)
    await page.keyboard.press('j')
    await sleep(200)
    await shown(doubtful)
    t.equal(await page.locator('kbd:visible').count(), 0, 'switched off, also after a reload')
    await page.getByRole('button', { name: 'Keys' }).click()
    await list.getByRole('switch').click()
    await page.keyboard.press('Escape')
    await list.waitFor({ state: 'detached' })

    await page.keyboard.press('u')
    await shown(bad)
    await page.getByText('2 left · 1 judged').waitFor()
    await page.keyboard.press('0')
    await page.locator('form:focus').waitFor()
    await page.keyboard.press('Enter')
    await shown(good)
    await page.keyboard.press('k')
    await page.locator('article').getByText('Corrected by Inspector').waitFor()
    await page.keyboard.press('j')
    await shown(good)
    await page.keyboard.press('a')
    await page.getByRole('heading', { name: 'All reviewed' }).waitFor()
    await page.getByText('0 left').waitFor()
    t.same(await verdicts([good, doubtful, bad]), { [good]: 'ok', [doubtful]: 'review', [bad]: 'ok' })

    await page.getByLabel('Show').selectOption('unsure')
    await shown(doubtful)
    t.match(page.url(), /show=unsure/)
    await page.keyboard.press('2')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Nobody is unsure about anything' }).waitFor()
    t.same([faults, violations], [[], []])
  })

  await t.test('a decision that is not stored comes back, with what was typed', async (t) => {
    const { bad } = await storeThree()
    const { page } = await openPage(t, browser)
    await page.goto(address)
    await canGoOn(page)
    await page.keyboard.press('j')
    await page.locator(`article a[href="/results/${bad}"]`).waitFor()
    await page.getByLabel('Comment').fill('not lost')
    await page.route('**/reviews', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
    await page.getByRole('button', { name: 'Confirm NG' }).click()
    await page.getByText(`Your verdict on ${bad} is not known to be stored`).waitFor()
    await page.getByText('3 left').waitFor()
    t.equal(await page.locator(`article a[href="/results/${bad}"]`).count(), 0, 'the next part is there meanwhile')
    await page.unroute('**/reviews')
    await page.getByRole('button', { name: 'Go back to it' }).click()
    await page.getByText('it counts once').waitFor()
    t.equal(await page.getByLabel('Comment').inputValue(), 'not lost')
    await page.getByRole('button', { name: 'Confirm NG' }).click()
    await page.getByText('2 left · 1 judged').waitFor()
    t.equal((await verdicts([bad]))[bad], 'ng')
    t.equal(await page.getByRole('alert').count(), 0)
  })
}

stageTest('review queue', reviewQueueTests)
