import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import type { Finding } from '../../api/domain/verdict.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { openPage } from './browser.ts'
import { button, openResult, storeResult } from './results.ts'
import { type Stage, stageTest } from './stage.ts'

const three: Finding[] = [
  rust,
  {
    ...rust,
    defect_type: 'blade_scratch',
    severity: 'minor',
    bounding_box: { x: 300, y: 200, width: 120, height: 60 },
  },
  { ...rust, defect_type: 'handle_crack', severity: 'major', bounding_box: { x: 500, y: 300, width: 80, height: 80 } },
]

/** A keyboard that counts. A key that is held down is one press, and repeats 30 times a second after half a second. */
function countingKeyboard({ keyboard }: Page) {
  let presses = 0
  let heldSeconds = 0
  return {
    async press(...keys: string[]) {
      for (const key of keys) {
        presses += key.split('+').length
        await keyboard.press(key)
      }
    },
    async hold(key: string, times: number) {
      const [main = '', ...modifiers] = key.split('+').reverse()
      presses += 1 + modifiers.length
      heldSeconds += times > 1 ? 0.5 + times / 30 : 0
      for (const modifier of modifiers) await keyboard.down(modifier)
      for (let i = 0; i < times; i++) await keyboard.down(main)
      await keyboard.up(main)
      for (const modifier of modifiers) await keyboard.up(modifier)
    },
    presses: () => presses,
    /** As people type who are no typists: 0.28 s a key. */
    seconds: () => presses * 0.28 + heldSeconds,
  }
}

/** Whether all of an element is in the window. */
async function inView(page: Page, selector: string): Promise<boolean> {
  const box = await page.locator(selector).first().boundingBox()
  const size = page.viewportSize()
  return box !== null && size !== null && box.y >= 0 && box.x >= 0 && box.y + box.height <= size.height
}

async function reviewSpeedTests(t: Test, stage: Stage): Promise<void> {
  await t.test(
    'five defects with their boxes, by keys alone: fewer than 60 presses, in less than 30 seconds',
    async (t) => {
      const id = await storeResult(stage, resultOf([rust]))
      const { page, stored, article, faults } = await openResult(t, stage, id)
      const keys = countingKeyboard(page)
      // What the analyzer found is a contamination, and minor.
      await keys.press('r', 'w', 'c')
      // Each begins in the middle, 160 x 120 at 320, 240; a press moves by 8 pixels.
      const others = [
        { type: '1', severity: 'c', x: ['ArrowLeft', 30], y: ['ArrowUp', 20], width: 12, height: 10 },
        { type: '2', severity: 'z', x: ['ArrowRight', 30], y: ['ArrowUp', 20], width: 8, height: 6 },
        { type: 'q', severity: 'x', x: ['ArrowLeft', 30], y: ['ArrowDown', 20], width: 14, height: 11 },
        { type: 'e', severity: 'v', x: ['ArrowRight', 25], y: ['ArrowDown', 15], width: 10, height: 9 },
      ] as const
      for (const { type, severity, x, y, width, height } of others) {
        await keys.press('n', type, severity, 'ArrowLeft')
        await keys.hold(x[0], x[1])
        await keys.hold(y[0], y[1])
        await keys.hold('Shift+ArrowLeft', width)
        await keys.hold('Shift+ArrowUp', height)
      }
      await page.getByText('Choose type and severity of each defect.').waitFor({ state: 'hidden' })
      await keys.press('Enter')
      await article.getByText('Corrected by Inspector').waitFor()
      t.ok(keys.presses() < 60, `${keys.presses()} presses`)
      t.ok(keys.seconds() < 30, `${keys.seconds()} s`)
      t.comment(`${keys.presses()} presses, about ${keys.seconds().toFixed(0)} s`)
      const { review, finalType, finalSeverity } = await stored()
      t.strictSame(review?.defects, [
        { defect_type: 'blade_chip', severity: 'critical', bounding_box: { x: 560, y: 80, width: 96, height: 72 } },
        {
          defect_type: 'assembly_misalignment',
          severity: 'major',
          bounding_box: { x: 80, y: 400, width: 48, height: 32 },
        },
        { defect_type: 'surface_contamination', severity: 'minor', bounding_box: rust.bounding_box },
        { defect_type: 'blade_scratch', severity: 'minor', bounding_box: { x: 80, y: 80, width: 64, height: 40 } },
        {
          defect_type: 'heat_treatment_defect',
          severity: 'cosmetic',
          bounding_box: { x: 520, y: 360, width: 80, height: 48 },
        },
      ])
      t.strictSame([finalType, finalSeverity], ['blade_chip', 'critical'], 'the worst is what counts')
      t.equal(await page.locator('[data-person]').count(), 5)
      t.equal(await page.locator('[data-finding]').count(), 0, 'a box that both have is shown once')
      t.same(faults, [])
    },
  )

  await t.test('undo and redo: types, boxes, what was added and deleted, and the comment', async (t) => {
    const id = await storeResult(stage, resultOf([rust]))
    const { page, faults } = await openResult(t, stage, id)
    const rows = page.getByRole('list', { name: 'Defects' }).getByRole('listitem')
    const said = async () => (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim())
    await page.keyboard.press('r')
    await page.locator('form:focus').waitFor()
    t.ok(await button(page, 'Undo').isDisabled())
    await page.keyboard.press('2')
    await page.keyboard.press('n')
    await page.keyboard.press('4')
    await page.keyboard.press('[')
    await page.keyboard.press('d')
    t.strictSame(await said(), ['1 Handle crack Severity? no box'])
    await page.getByLabel('Comment').pressSequentially('two words')
    await page.keyboard.press('Control+z')
    t.equal(await page.getByLabel('Comment').inputValue(), '', 'what is typed in one go is one step')
    await page.keyboard.press('Control+z')
    t.strictSame(await said(), ['1 Blade chip Critical', '2 Handle crack Severity? no box'])
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    t.strictSame(await said(), ['1 Rust spot Critical'])
    t.ok(await button(page, 'Undo').isDisabled())
    await page.keyboard.press('Control+Shift+z')
    await page.keyboard.press('Control+y')
    t.strictSame(await said(), ['1 Blade chip Critical', '2 Type? Severity? no box'])
    t.same(faults, [])
  })

  await t.test(
    'at a desk, picture and form of three defects are in one view, and the page does not scroll',
    async (t) => {
      await storeResult(stage, resultOf(three), { facility: 'shenzhen', product_sku: 'WK-CI-200' })
      for (const [width, height] of [
        [1366, 768],
        [1440, 900],
        [1920, 1080],
      ] as const) {
        const { page } = await openPage(t, stage.browser, { viewport: { width, height } })
        await page.goto(`${stage.service.url}/review?facility=shenzhen&product=WK-CI-200&show=unjudged`)
        await page.getByRole('heading', { name: 'Rust spot' }).waitFor()
        await page.keyboard.press('r')
        await page.locator('form:focus').waitFor()
        for (const part of [
          '[data-frame]',
          '[role=radiogroup] >> nth=1',
          '[role=radiogroup] >> nth=2',
          'form [type=submit]',
        ]) {
          t.ok(await inView(page, part), `${part} at ${width} x ${height}`)
        }
        const picture = await page.locator('[data-frame]').first().boundingBox()
        t.ok((picture?.height ?? 0) > height * 0.55, 'the picture is large')
        t.equal(await page.evaluate('scrollY'), 0)
        t.equal(await page.locator('[data-drawn]').count(), 3)
      }
    },
  )

  await t.test(
    'once a person has corrected, neither the main button nor A says that the analyzer was right',
    async (t) => {
      const fields = { facility: 'shenzhen', product_sku: 'WK-KN-150' }
      const first = await storeResult(stage, resultOf([rust]), fields)
      await storeResult(stage, resultOf([rust]), fields)
      const { page } = await openPage(t, stage.browser)
      const shown = (id: string) => page.locator(`article a[href="/results/${id}"]`)
      await page.goto(`${stage.service.url}/review?facility=shenzhen&product=WK-KN-150&show=unjudged`)
      await page.locator('button:enabled', { hasText: 'Next' }).first().waitFor()
      await page.keyboard.press('j')
      await shown(first).waitFor()
      await page.keyboard.press('2')
      await page.keyboard.press('Enter')
      await shown(first).waitFor({ state: 'detached' })
      await page.keyboard.press('j')
      await shown(first).waitFor()
      await page.locator('article').getByText('Corrected by Inspector').waitFor()
      t.equal(await page.getByRole('button', { name: /^Confirm (OK|NG)/ }).count(), 0)
      await button(page, 'Change again').waitFor()
      const posted: string[] = []
      page.on('request', (request) => request.method() === 'POST' && posted.push(request.url()))
      await page.keyboard.press('a')
      await button(page, 'The analyzer was right: NG').waitFor()
      t.strictSame(posted, [], 'A does nothing any more')
      await page.keyboard.press('r')
      await button(page, 'Save the correction').waitFor()
    },
  )
}

stageTest('review at speed', reviewSpeedTests)
