import type { Test } from 'tap'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import { eventually } from '../../fixtures/load.ts'
import { photo } from '../../fixtures/photos.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { accessible, addPhotos, jpegFile, openPage, overhang, rowOf } from './browser.ts'
import { type Stage, stageTest } from './stage.ts'

const UNKNOWN = 'DEF-20200101-00000000'

/** Every screen and state: no violation in light and dark, and nothing wider than a phone. */
async function accessibilityTests(t: Test, { browser, service, analyzer }: Stage): Promise<void> {
  let asked = 0
  analyzer.answer = async ({ signal }) => {
    const turn = asked++
    if (turn === 0) return resultOf([rust, { ...rust, defect_type: 'blade_scratch', severity: 'minor' }])
    if (turn === 1) return resultOf([{ ...rust, severity: 'major', confidence: 0.4 }])
    if (turn === 2) return resultOf()
    if (turn === 3) throw new AnalyzerError('unavailable', 'The model cannot be reached')
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    throw new AnalyzerError('aborted', 'gone')
  }

  for (const [device, width, height] of [
    ['phone', 360, 740],
    ['desk', 1440, 900],
  ] as const) {
    await t.test(device, async (t) => {
      asked = 0
      const { page, violations } = await openPage(t, browser, {
        viewport: { width, height },
        hasTouch: device === 'phone',
      })
      const check = async (screen: string) => {
        await accessible(t, page, screen)
        t.equal(await overhang(page), 0, `${screen}: no sideways scrolling`)
        t.same(violations, [], `${screen}: nothing that the page's policy forbids`)
      }
      await page.goto(service.url)
      await page.getByRole('button', { name: 'Choose photos' }).waitFor()
      await page.getByRole('button', { name: 'More about the part' }).click()
      await check('Inspect, empty')

      for (const name of ['ng.jpg', 'review.jpg', 'ok.jpg', 'fails.jpg']) {
        await addPhotos(page, jpegFile(name, await photo(400, 300)))
        await rowOf(page, name).and(page.locator('[data-state=done], [data-state=failed]')).waitFor()
      }
      await addPhotos(page, jpegFile('notes.jpg', Buffer.from('text')))
      await addPhotos(page, jpegFile('under-way-with-a-very-long-file-name-from-a-camera-0001.jpg', await photo()))
      await page.locator('li[data-state=analysing]').waitFor()
      await page.getByRole('button', { name: 'Show the result of ng.jpg' }).click()
      await page.getByRole('button', { name: 'Zoom in' }).click()
      await check('Inspect, queue and verdict')

      await page.getByRole('button', { name: /^Cancel under-way/ }).click()
      await page.getByRole('link', { name: 'Open on its own page' }).click()
      await page.waitForURL('**/results/*')
      await page.getByText('Details of the analysis').click()
      await page.getByRole('dialog').getByText('scripted-1').waitFor()
      await check('Result, details')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Unsure' }).click()
      await page.locator('[data-human=true]').waitFor()
      await page.getByRole('button', { name: 'Correct' }).click()
      await page.getByRole('button', { name: 'Light' }).click()
      await page.getByRole('button', { name: 'Last good part' }).click()
      await page.getByRole('link', { name: 'Last good part' }).waitFor()
      await check('Result, to be corrected')

      await page.getByRole('link', { name: 'History' }).click()
      await page.locator('main time').first().waitFor()
      if (device === 'phone') await page.getByRole('button', { name: 'Filters' }).click()
      await check('History')

      await page.goto(`${service.url}/review?product=WK-KN-200&show=unjudged`)
      await page.locator('article').waitFor()
      await check('Review')
      await page.getByRole('button', { name: 'Keys' }).click()
      await page.getByRole('dialog').getByText('Blade scratch').waitFor()
      await check('Review, keys')

      // The rest is the same at any width, but for the phone's narrow lines.
      if (device === 'desk') return
      const screens: [string, string][] = [
        ['history?text=nothing-has-this', 'Nothing fits these filters'],
        [`history?product=${'X'.repeat(51)}`, 'The history could not be loaded'],
        [`results/${UNKNOWN}`, 'There is no such result'],
        ['review?product=none', 'All reviewed'],
        ['nowhere', 'There is no such page'],
      ]
      for (const [path, text] of screens) {
        await page.goto(`${service.url}/${path}`)
        await page.getByText(text).first().waitFor()
        await check(path)
      }
      await page.context().setOffline(true)
      await page.getByText('You are offline').waitFor()
      await check('Offline')
      await page.context().setOffline(false)

      await page.evaluate(
        "document.head.append(document.createElement('style').appendChild(new Text('a {}')).parentNode)",
      )
      await eventually(() => violations.length > 0, 60)
      t.match(violations, [/^policy: style-src-elem inline/], 'a style element in the page would be told')
    })
  }
}

stageTest('L6 accessibility', accessibilityTests)
