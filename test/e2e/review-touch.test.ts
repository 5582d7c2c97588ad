import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import type { CDPSession, Page } from 'playwright-core'
import type { Test } from 'tap'
import { analyses } from '../../drizzle/schema.ts'
import { resultOf } from '../support/analyzers.ts'
import { openPage } from './browser.ts'
import { button, HEIGHT, storeResult, WIDTH } from './results.ts'
import { type Stage, stageTest } from './stage.ts'

type Place = readonly [x: number, y: number]

/** Fingers on the picture; places are in pixels of the picture. */
function fingersOn(page: Page, chromium: CDPSession) {
  const points = async (places: readonly Place[]) => {
    const image = await page.locator('[role=application] img').first().boundingBox()
    if (!image) throw new Error('there is no picture')
    return places.map(([x, y], id) => ({
      id,
      x: image.x + (x / WIDTH) * image.width,
      y: image.y + (y / HEIGHT) * image.height,
    }))
  }
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Awaited<ReturnType<typeof points>>) =>
    chromium.send('Input.dispatchTouchEvent', { type, touchPoints })
  const between = (from: Place, to: Place, share: number): Place => [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
  ]
  return {
    /** Each finger goes from one place to another. */
    async drag(...paths: readonly (readonly [from: Place, to: Place])[]) {
      // Where the picture stood at the beginning counts: two fingers move it.
      const [starts, ends] = [await points(paths.map(([from]) => from)), await points(paths.map(([, to]) => to))]
      await touch('touchStart', starts)
      for (let step = 1; step <= 8; step++) {
        await touch(
          'touchMove',
          starts.map((start, id) => {
            const end = ends[id] ?? start
            const [x, y] = between([start.x, start.y], [end.x, end.y], step / 8)
            return { id, x, y }
          }),
        )
      }
      await touch('touchEnd', [])
      // So long a finger takes to its next place; Chromium takes no tap sooner.
      await sleep(500)
    },
  }
}

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** What a finger would hit of the review panel, and how high and wide it is. */
const TARGETS = `[...document.querySelectorAll('form button, form label:has(input), form [type=submit]')]
  .map((element) => ({ text: element.textContent || element.ariaLabel, ...element.getBoundingClientRect().toJSON() }))
  .filter(({ width }) => width > 0)
  .filter(({ width, height }) => width < 44 || height < 44)
  .map(({ text, width, height }) => [text, width, height].join(' '))`

/** Taps a choice; once more where a busy Chromium has made no click of the touch, as a person does who sees it. */
async function choose(page: Page, name: string): Promise<void> {
  const chip = page.locator('label', { hasText: name })
  for (let tries = 0; tries < 5; tries++) {
    await chip.tap()
    await sleep(100)
    if (await chip.locator('input').isChecked()) return
  }
  throw new Error(`${name} cannot be chosen`)
}

async function reviewTouchTests(t: Test, stage: Stage): Promise<void> {
  const { service, browser } = stage

  await t.test(
    'five defects are corrected by touch on a phone: the verdict bar and the picture stay in view',
    async (t) => {
      const id = await storeResult(stage, resultOf(), { part_id: 'touched' })
      const { page, faults } = await openPage(t, browser, phone)
      const fingers = fingersOn(page, await page.context().newCDPSession(page))
      const inView = async (name: string) => {
        const box = await button(page, name).boundingBox()
        return box !== null && box.y > 0 && box.y + box.height <= phone.viewport.height
      }
      await page.goto(`${service.url}/results/${id}`)
      await page.getByText('Nobody has judged this part yet.').waitFor()
      t.ok(await inView('Confirm OK'), 'at the top of the page')
      await page.evaluate('scrollTo(0, document.body.scrollHeight)')
      t.ok(await inView('Confirm OK'), 'at its end')
      await button(page, 'Correct').tap()
      await button(page, 'Draw').tap()

      const parts = [
        { from: [40, 40], to: [200, 160], type: 'Rust spot', severity: 'Critical' },
        { from: [300, 60], to: [460, 200], type: 'Blade chip', severity: 'Major' },
        { from: [560, 60], to: [760, 220], type: 'Blade scratch', severity: 'Minor' },
        { from: [60, 380], to: [260, 560], type: 'Handle crack', severity: 'Major' },
        { from: [480, 380], to: [740, 560], type: 'Polish defect', severity: 'Cosmetic' },
      ] as const
      for (const [index, { from, to, type, severity }] of parts.entries()) {
        // A box that is drawn beside the others is one more defect.
        await fingers.drag([from, to])
        await page.locator(`[data-drawn="${index + 1}"]`).waitFor()
        await choose(page, type)
        await choose(page, severity)
        t.ok(await page.locator('[data-frame]').isVisible())
      }
      const frame = await page.locator('[data-frame]').boundingBox()
      t.ok((frame?.y ?? -1) >= 0, 'the picture stays in view while the form scrolls')
      t.strictSame(await page.evaluate(TARGETS), [], 'each target is as large as a finger')

      // The fifth is chosen: a drag in its middle moves it, one at its corner resizes it.
      await fingers.drag([
        [610, 470],
        [590, 440],
      ])
      await fingers.drag([
        [720, 530],
        [760, 580],
      ])
      t.equal(await page.locator('[data-drawn]').count(), 5)

      t.ok(await inView('Save the correction'))
      await button(page, 'Save the correction').tap()
      await page.locator('article').getByText('Corrected by Inspector').waitFor()
      const [row] = await service.database.db.select().from(analyses).where(eq(analyses.defectId, id))
      const near = (
        box: { x: number; y: number; width: number; height: number } | null | undefined,
        expected: number[],
      ) => box && [box.x, box.y, box.width, box.height].every((side, i) => Math.abs(side - (expected[i] ?? 0)) <= 8)
      const defects = row?.review?.defects ?? []
      t.strictSame(
        defects.map(({ defect_type, severity }) => `${defect_type} ${severity}`),
        [
          'rust_spot critical',
          'blade_chip major',
          'handle_crack major',
          'blade_scratch minor',
          'polish_defect cosmetic',
        ],
      )
      t.ok(near(defects[0]?.bounding_box, [40, 40, 160, 120]), JSON.stringify(defects[0]))
      t.ok(near(defects[4]?.bounding_box, [460, 350, 300, 230]), JSON.stringify(defects[4]))
      t.same(faults, [])
    },
  )

  await t.test('two fingers zoom and move the picture while one finger draws', async (t) => {
    const id = await storeResult(stage, resultOf(), { part_id: 'pinched' })
    const { page, faults } = await openPage(t, browser, phone)
    const fingers = fingersOn(page, await page.context().newCDPSession(page))
    await page.goto(`${service.url}/results/${id}`)
    await button(page, 'Correct').tap()
    await button(page, 'Draw').tap()
    const frame = page.locator('[data-frame]')
    t.equal(await frame.getAttribute('data-zoomed'), 'false')
    await fingers.drag(
      [
        [350, 300],
        [200, 300],
      ],
      [
        [450, 300],
        [600, 300],
      ],
    )
    t.equal(await frame.getAttribute('data-zoomed'), 'true')
    t.equal(await page.locator('[data-drawn]').count(), 0, 'and draw nothing')
    const placeOf = async () => (await page.locator('[role=application] img').first().boundingBox())?.x ?? 0
    const before = await placeOf()
    await fingers.drag(
      [
        [350, 300],
        [300, 300],
      ],
      [
        [450, 300],
        [400, 300],
      ],
    )
    t.ok((await placeOf()) < before - 20, 'two that go the same way move it')
    await fingers.drag([
      [440, 290],
      [490, 320],
    ])
    await page.locator('[data-drawn="1"]').waitFor()
    t.same(faults, [])
  })
}

stageTest('review by touch', reviewTouchTests)
