import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import type { BoundingBox } from '../../api/domain/box.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { accessible } from './browser.ts'
import { button, HEIGHT, openResult, storeResult, WIDTH } from './results.ts'
import { type Stage, stageTest } from './stage.ts'

/** Where a point of the picture stands in the window. */
async function placeOf(page: Page, x: number, y: number): Promise<[x: number, y: number]> {
  const image = await page.locator('[role=application] img').first().boundingBox()
  if (!image) throw new Error('there is no picture')
  return [image.x + (x / WIDTH) * image.width, image.y + (y / HEIGHT) * image.height]
}

const near = (a: BoundingBox | null | undefined, b: BoundingBox): boolean =>
  a != null && (['x', 'y', 'width', 'height'] as const).every((side) => Math.abs(a[side] - b[side]) <= 3)

async function reviewTests(t: Test, stage: Stage): Promise<void> {
  const bad = resultOf([rust])

  await t.test(
    'confirmed: whose verdict counts is told apart from the model; causes and actions stay drafts',
    async (t) => {
      const id = await storeResult(stage, bad)
      const { page, stored, article, history, faults } = await openResult(t, stage, id)
      await article.getByText('Verdict of the analyzer, confirmed by nobody yet').waitFor()
      t.equal(await article.getByText('Draft', { exact: true }).count(), 3)
      await page.getByLabel('Comment').fill('seen under the lamp')
      const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/reviews'))
      await button(page, 'Confirm NG').click()
      await article.getByText('Confirmed by Inspector').waitFor()
      t.same((await sent).postDataJSON(), { kind: 'confirm', comment: 'seen under the lamp', after: null })
      t.match((await sent).headers()['idempotency-key'], /^[0-9a-f]{32}$/)
      await article.getByText('The analyzer said:').waitFor()
      t.equal(await article.getByText('Draft', { exact: true }).count(), 2, 'nobody confirmed causes and actions')
      await history.getByText('seen under the lamp').waitFor()
      t.match(await history.innerText(), /Inspector confirmed the verdict/)
      t.equal(await page.getByLabel('Comment').inputValue(), '', 'what was sent is not there to be sent again')
      t.match(await stored(), { review: { kind: 'confirm', person: 'Inspector', comment: 'seen under the lamp' } })
      t.same(faults, [])
    },
  )

  await t.test('where nobody signs in, a name given once stands on the verdicts, in this browser only', async (t) => {
    const id = await storeResult(stage, bad)
    const { page, stored, article, faults } = await openResult(t, stage, id)
    await button(page, 'Correct').click()
    await page.getByLabel('Comment').fill('typed before')
    await button(page, 'Give your name').click()
    await page.getByRole('textbox', { name: 'Your name' }).fill('  ')
    await button(page, 'Use this name').click()
    t.equal(await page.getByText('as Inspector').count(), 1, 'a name has a letter')
    await page.getByRole('textbox', { name: 'Your name' }).fill('Chen Wei')
    await accessible(t, page, 'the name is asked for')
    await page.getByRole('textbox', { name: 'Your name' }).press('Enter')
    await page.getByText('as Chen Wei').waitFor()
    t.equal(await page.getByLabel('Comment').inputValue(), 'typed before', 'nothing else has moved')
    await button(page, 'Close').click()
    await button(page, 'Confirm NG').click()
    await article.getByText('Confirmed by Chen Wei').waitFor()
    t.match(await stored(), { review: { person: 'Chen Wei', comment: 'typed before' } })
    await page.evaluate(`localStorage.removeItem('wiko.session')`)
    await page.reload()
    await page.getByText('as Chen Wei').waitFor()
    await button(page, 'Another name').waitFor()
    t.same(faults, [])
  })

  await t.test('corrected by mouse: another type, and the box drawn on the picture', async (t) => {
    const id = await storeResult(stage, bad)
    const { page, stored, article, history, faults } = await openResult(t, stage, id)
    await button(page, 'Correct').click()
    const save = button(page, 'Save the correction')
    t.ok(await save.isDisabled(), 'as long as nothing has been changed')
    await page.getByLabel('Blade chip').check()
    await page.getByRole('radio', { name: /^Major/ }).check()
    await button(page, 'Delete the box').click()
    await button(page, 'Type the numbers of the box (pixels)').click()
    await page.mouse.move(...(await placeOf(page, 400, 300)))
    await page.mouse.down()
    await page.mouse.move(...(await placeOf(page, 500, 320)), { steps: 4 })
    await page.mouse.move(...(await placeOf(page, 600, 450)), { steps: 4 })
    await page.mouse.up()
    t.ok(Math.abs(Number(await page.getByLabel('Width').inputValue()) - 200) <= 3, 'the numbers follow the mouse')
    // By its middle, then by a corner.
    await page.mouse.move(...(await placeOf(page, 500, 375)))
    await page.mouse.down()
    await page.mouse.move(...(await placeOf(page, 450, 355)), { steps: 4 })
    await page.mouse.up()
    await page.mouse.move(...(await placeOf(page, 550, 430)))
    await page.mouse.down()
    await page.mouse.move(...(await placeOf(page, 650, 480)), { steps: 4 })
    await page.mouse.up()
    await save.click()
    await article.getByText('Corrected by Inspector').waitFor()
    const { review, boundingBox } = await stored()
    t.match(review, { kind: 'correct', verdict: 'ng', defect_type: 'blade_chip', severity: 'major' })
    t.ok(near(review?.bounding_box, { x: 350, y: 280, width: 300, height: 200 }), JSON.stringify(review?.bounding_box))
    t.same(boundingBox, rust.bounding_box, "the model's stays")
    t.equal(await page.locator('[data-person]').count(), 1, 'both are shown')
    t.equal(await button(page, 'The analyzer was right: NG').count(), 1, 'confirming would overrule the person')
    t.equal(await article.getByText('Draft', { exact: true }).count(), 3, 'the texts are of another verdict')
    t.match(
      await history.innerText(),
      /Type: Rust spot[\s\S]*Blade chip[\s\S]*Severity: Critical[\s\S]*Major[\s\S]*Box: 10, 20/,
    )
    t.same(faults, [])
  })

  await t.test('corrected by keys alone: digits, arrows on the box, and its numbers', async (t) => {
    const id = await storeResult(stage, bad)
    const { page, stored, article, faults } = await openResult(t, stage, id)
    await page.keyboard.press('r')
    await page.locator('form:focus').waitFor()
    await page.keyboard.press('4')
    t.ok(await page.getByRole('radio', { name: 'Handle crack' }).isChecked())
    await page.keyboard.press('x')
    t.ok(await page.getByRole('radio', { name: 'Major' }).isChecked())
    // 1 % of 800 pixels a press: 8; with Ctrl a single one.
    for (const key of ['ArrowRight', 'ArrowDown', 'Control+ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowDown']) {
      await page.keyboard.press(key)
    }
    await button(page, 'Type the numbers of the box (pixels)').press('Enter')
    t.equal(await page.getByLabel('Left').inputValue(), '17')
    await page.getByLabel('Height').focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('9999')
    await page.keyboard.press('Enter')
    await article.getByText('Corrected by Inspector').waitFor()
    const box = { x: 17, y: 28, width: 38, height: HEIGHT - 28 }
    t.match((await stored()).review, { defect_type: 'handle_crack', severity: 'major', bounding_box: box })
    t.same(faults, [])
  })

  await t.test('unsure; a test shot with its reason, taken back; another product', async (t) => {
    const id = await storeResult(stage, bad)
    const { page, stored, article, standing, history } = await openResult(t, stage, id)
    await button(page, 'Unsure').click()
    await standing.getByText('Inspector was unsure').waitFor()
    t.equal(await article.locator('[data-size=lg]').innerText(), 'Review')
    await button(page, 'Test shot').click()
    t.ok(await button(page, 'Mark as a test shot').isDisabled(), 'not without a reason')
    await page.getByLabel('Comment').fill('camera set up')
    await button(page, 'Mark as a test shot').click()
    await article.getByText('Test shot: counted nowhere').waitFor()
    t.match(await stored(), { voided: true, review: { comment: 'camera set up' } })
    t.equal(await button(page, 'Confirm NG').count(), 0)
    await button(page, 'No test shot: count it again').click()
    await button(page, 'Confirm NG').waitFor()
    t.equal((await stored()).voided, false)
    await button(page, 'Wrong product').click()
    t.ok(await button(page, 'Save the product').isDisabled())
    await page.getByLabel('The right product').selectOption('WK-KN-100')
    await button(page, 'Save the product').click()
    await article.getByText('WK-KN-100 (sent as WK-SC-200)').waitFor()
    await standing.getByText('Inspector was unsure').waitFor()
    t.match(await stored(), { correctedSku: 'WK-KN-100', reviewedVerdict: 'review' })
    t.equal(await history.getByRole('listitem').count(), 4)
    t.match(
      await history.innerText(),
      /Product: WK-SC-200[\s\S]*took the test shot back[\s\S]*Verdict: NG[\s\S]*Review/,
    )
  })
}

stageTest('review', reviewTests)
