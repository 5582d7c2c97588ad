import type { FileChooser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { photo } from '../../fixtures/photos.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { jpegFile, openPage } from './browser.ts'
import { type Stage, stageTest } from './stage.ts'

const FOCUSED = `(() => {
  const element = document.activeElement
  return element.getAttribute('aria-label') || element.textContent.trim()
})()`

/** Presses Tab until the focus is on an element of that name, and sees that the focus can be seen. */
async function tabTo(t: Test, page: Page, name: RegExp): Promise<void> {
  for (let press = 0; press < 60; press++) {
    await page.keyboard.press('Tab')
    if (!name.test(await page.evaluate<string>(FOCUSED))) continue
    const outlined = await page.evaluate(`(() => {
      const element = document.activeElement
      return [null, '::after'].some((part) => parseFloat(getComputedStyle(element, part).outlineWidth) >= 2 && getComputedStyle(element, part).outlineStyle !== 'none')
    })()`)
    t.ok(outlined, `the focus on ${name} can be seen`)
    return
  }
  throw new Error(`Tab never reaches ${name}`)
}

/** From the photo to the result and its picture without a mouse. */
async function keyboardTests(t: Test, { browser, service, analyzer }: Stage): Promise<void> {
  analyzer.answer = () => resultOf([rust])
  const { page } = await openPage(t, browser)
  // Listened to from the start: Chromium is told to hand choosers over, and that takes a moment.
  const chosen = new Promise<FileChooser>((resolve) => page.once('filechooser', resolve))
  await page.goto(service.url)
  await page.locator('button:enabled', { hasText: 'Choose photos' }).waitFor()

  await tabTo(t, page, /^Skip to the content$/)
  await page.keyboard.press('Enter')
  await tabTo(t, page, /^Choose photos$/)
  await page.keyboard.press('Enter')
  await (await chosen).setFiles(jpegFile('key.jpg', await photo(1600, 1200)))
  await page.locator('article').waitFor()
  t.match(
    (await page.getByRole('status').allInnerTexts()).join('|'),
    /key\.jpg: NG\. 1 of 1 finished/,
    'a reader is told',
  )

  await tabTo(t, page, /^Show the result of key\.jpg$/)
  await page.keyboard.press('Enter')
  await tabTo(t, page, /^Picture of WK-KN-200/)
  const zoom = () => page.getByRole('status', { name: 'Zoom' }).innerText()
  const place = () => page.locator('[role=application] img').getAttribute('style')
  const fitted = await zoom()
  await page.keyboard.press('+')
  await page.keyboard.press('+')
  t.not(await zoom(), fitted)
  const before = await place()
  await page.keyboard.press('ArrowRight')
  t.not(await place(), before, 'the arrow moves the picture')
  await page.keyboard.press('0')
  t.equal(await zoom(), fitted)
  await page.keyboard.press('1')
  t.equal(await zoom(), '100%')
  t.equal(await page.locator('[data-finding]').count(), 1)
  await page.keyboard.press('b')
  t.equal(await page.locator('[data-finding]').count(), 0)
  await page.keyboard.press('b')

  await tabTo(t, page, /Rust spot/)
  t.equal(await page.locator('[data-finding="1"]').getAttribute('data-active'), 'true', 'the focus marks the box')

  await page.keyboard.press('Home')
  await page.reload()
  await page.locator('button:enabled', { hasText: 'Choose photos' }).waitFor()
  await tabTo(t, page, /^History$/)
  await page.keyboard.press('Enter')
  await page.locator('main [role=row][data-index]').first().waitFor()
  await tabTo(t, page, /\d{4}, \d/)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/results/DEF-*')
  await page.getByRole('heading', { level: 1, name: 'Rust spot' }).waitFor()
}

stageTest('keyboard', keyboardTests)
