import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import type { ReviewBody } from '../../api/domain/review.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { accessible, openPage } from './browser.ts'
import { button, openResult, storeResult } from './results.ts'
import { type Stage, stageTest } from './stage.ts'

async function reviewConflictTests(t: Test, stage: Stage): Promise<void> {
  const { service, browser } = stage
  const bad = resultOf([rust])

  const reviewsOf = async (id: string) => {
    const answer = await fetch(`${service.url}/api/v1/analyses/${id}/reviews`)
    return ((await answer.json()) as { reviews: ReviewBody[] }).reviews
  }
  /** Somebody else, by the API. */
  const say = async (id: string, person: string, said: object) => {
    const answer = await fetch(`${service.url}/api/v1/analyses/${id}/reviews`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person, ...said }),
    })
    if (answer.status !== 201) throw new Error(await answer.text())
  }
  const conflict = (page: Page) => page.getByRole('alert', { name: /has judged this part meanwhile/ })
  const isInView = async (page: Page) => {
    const box = await conflict(page).boundingBox()
    const height = page.viewportSize()?.height ?? 0
    return box !== null && box.y >= 0 && box.y + box.height <= height
  }

  await t.test('two people at one result: the second sees both verdicts, and overwrites by choice only', async (t) => {
    const id = await storeResult(stage, bad)
    const { page, article, faults } = await openResult(t, stage, id)
    const { page: other } = await openPage(t, browser)
    await other.goto(`${service.url}/results/${id}`)
    await button(other, 'Correct').waitFor()

    await page.keyboard.press('r')
    await page.keyboard.press('2')
    await page.keyboard.press('n')
    await page.keyboard.press('4')
    await page.keyboard.press('x')
    await other.keyboard.press('0')
    await other.keyboard.press('Enter')
    await other.locator('article').getByText('Corrected by Inspector').waitFor()

    await page.keyboard.press('Enter')
    await conflict(page).waitFor()
    t.ok(await isInView(page), 'where the eye is')
    const words = await conflict(page).innerText()
    t.match(words, /Stored, by Inspector[\s\S]*OK[\s\S]*Yours[\s\S]*NG[\s\S]*Blade chip[\s\S]*Handle crack/)
    await accessible(t, page, 'a conflict')

    // Neither by the key, nor by the button, nor after a reload.
    await page.keyboard.press('Enter')
    await page.keyboard.press('a')
    t.equal(await button(page, 'Save the correction').count(), 0)
    await page.reload()
    await conflict(page).waitFor()
    t.match(await conflict(page).innerText(), /Blade chip[\s\S]*Handle crack/, 'what was entered is still here')
    await page.keyboard.press('Enter')
    await page.keyboard.press('a')
    t.equal((await reviewsOf(id)).length, 1, 'nothing was overwritten')

    // A third one comes in between: the choice was made about another verdict.
    await say(id, 'Wu', { kind: 'unsure' })
    await button(page, 'Send mine over theirs').click()
    await page.getByRole('alert', { name: 'Wu has judged this part meanwhile' }).waitFor()
    t.equal((await reviewsOf(id)).length, 2)
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    await button(page, 'Send mine over theirs').click()
    await conflict(page).waitFor({ state: 'detached' })
    await article.getByText('Corrected by Inspector').waitFor()
    const reviews = await reviewsOf(id)
    t.equal((await sent).postDataJSON().after, reviews[1]?.id, 'over that one, and no other')
    t.match(reviews[0], { number: 3, kind: 'correct', verdict: 'ng' })
    t.strictSame(
      reviews[0]?.defects.map(({ defect_type }) => defect_type),
      ['blade_chip', 'handle_crack'],
    )
    t.same(faults, [])
  })

  await t.test('on a phone, the conflict begins in view', async (t) => {
    const id = await storeResult(stage, bad)
    const { page } = await openPage(t, browser, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    })
    await page.goto(`${service.url}/results/${id}`)
    await button(page, 'Correct').tap()
    await page.locator('label', { hasText: 'Blade chip' }).tap()
    await say(id, 'Wu', { kind: 'correct', verdict: 'ok' })
    await button(page, 'Save the correction').tap()
    await conflict(page).waitFor()
    const title = await conflict(page).getByRole('heading', { level: 3 }).boundingBox()
    t.ok(title && title.y > 46 && title.y < 400, JSON.stringify(title))
  })

  await t.test('theirs is kept: what was entered goes, and nothing is sent', async (t) => {
    const id = await storeResult(stage, bad)
    const { page, article } = await openResult(t, stage, id)
    await page.getByLabel('Comment').fill('two of us')
    await say(id, 'Wu', { kind: 'correct', verdict: 'ok', comment: 'only dirt' })
    await button(page, 'Unsure').click()
    await conflict(page).waitFor()
    t.match(await conflict(page).innerText(), /Wu[\s\S]*only dirt[\s\S]*Unsure[\s\S]*two of us/)
    await button(page, 'Keep theirs').click()
    await article.getByText('Corrected by Wu').waitFor()
    t.equal(await page.getByLabel('Comment').inputValue(), '')
    t.equal((await reviewsOf(id)).length, 1)
    t.equal(await conflict(page).count(), 0)
  })

  await t.test('an answer that is lost: sent again after a reload, the verdict counts once', async (t) => {
    const id = await storeResult(stage, bad)
    const { page, article } = await openResult(t, stage, id)
    await page.route('**/reviews', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      await route.fetch()
      await route.abort()
    })
    await button(page, 'Confirm NG').click()
    await page.getByText('your verdict may be stored or not').waitFor()
    await page.unroute('**/reviews')
    await page.reload()
    await page.getByText('your verdict may be stored or not').waitFor()
    await button(page, 'Send it again').click()
    await page.getByText('your verdict may be stored or not').waitFor({ state: 'detached' })
    await article.getByText('Confirmed by Inspector').waitFor()
    t.equal((await reviewsOf(id)).length, 1)
  })

  await t.test('an answer that is lost, and somebody after it: sent again, it does not come over theirs', async (t) => {
    const id = await storeResult(stage, bad)
    const { page, article } = await openResult(t, stage, id)
    await page.route('**/reviews', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      await route.fetch()
      await route.abort()
    })
    await button(page, 'Confirm NG').click()
    await page.getByText('your verdict may be stored or not').waitFor()
    await page.unroute('**/reviews')
    await say(id, 'Wu', { kind: 'correct', verdict: 'ok' })
    await page.getByRole('button', { name: 'Try again' }).click()
    await article.getByText('Corrected by Wu').waitFor()
    t.match(await reviewsOf(id), [{ person: 'Wu' }, { person: 'Inspector' }])
  })

  await t.test('without a network, then somebody is faster: the retry is refused and shows both', async (t) => {
    const id = await storeResult(stage, bad)
    const { page } = await openResult(t, stage, id)
    await page.route('**/reviews', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
    await button(page, 'Confirm NG').click()
    await page.getByText('your verdict may be stored or not').waitFor()
    await say(id, 'Wu', { kind: 'correct', verdict: 'ok' })
    await page.unroute('**/reviews')
    await page.reload()
    await button(page, 'Send it again').click()
    await conflict(page).waitFor()
    t.match(await conflict(page).innerText(), /Wu[\s\S]*OK[\s\S]*Yours[\s\S]*NG/)
    t.equal((await reviewsOf(id)).length, 1)
  })

  await t.test(
    'in the queue, the reviewer is told at the next part, and finds both verdicts by one press',
    async (t) => {
      const fields = { facility: 'shenzhen', product_sku: 'WK-CI-280' }
      await storeResult(stage, bad, fields)
      const id = await storeResult(stage, bad, fields)
      const { page } = await openPage(t, browser)
      await page.goto(`${service.url}/review?facility=shenzhen&product=WK-CI-280&show=unjudged`)
      await page.locator(`article a[href="/results/${id}"]`).waitFor()
      await say(id, 'Wu', { kind: 'correct', verdict: 'ok' })
      await page.keyboard.press('a')
      const note = page.getByRole('alert').filter({ hasText: `Somebody was faster on ${id}` })
      await note.waitFor()
      await note.getByRole('button').click()
      await conflict(page).waitFor()
      t.equal((await reviewsOf(id)).length, 1)
      await button(page, 'Keep theirs').click()
      await note.waitFor({ state: 'detached' })
    },
  )
}

stageTest('review by two people', reviewConflictTests)
