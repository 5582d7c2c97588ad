import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import type { Language } from '../../api/domain/vocabulary.ts'
import { english, type Messages } from '../../web/src/texts/en/index.ts'
import { review as en } from '../../web/src/texts/en/review.ts'
import { simplifiedChinese } from '../../web/src/texts/zh-hans/index.ts'
import { review as zhHans } from '../../web/src/texts/zh-hans/review.ts'
import { traditionalChinese } from '../../web/src/texts/zh-hant/index.ts'
import { review as zhHant } from '../../web/src/texts/zh-hant/review.ts'
import { overhang } from './browser.ts'

export const languages: [code: Language, locale: string, messages: Messages & { review: typeof en }][] = [
  ['en', 'en-US', { ...english, review: en }],
  ['zh-Hans', 'zh-CN', { ...simplifiedChinese, review: zhHans }],
  ['zh-Hant', 'zh-HK', { ...traditionalChinese, review: zhHant }],
]
export const widths = [360, 820, 1440]

/** Latin words that are the same in Chinese: codes, formats, names (Inspector: whoever has not signed in), keys, model names. */
const SAME_IN_CHINESE =
  /https?:\S+|\bWK-[A-Z]{2}-\d+|\bDEF-\d{8}-[0-9A-F]{8}|[\w-]+\.jpg|[0-9a-f-]{36}|JPEG|PNG|WebP|HEIC|CSV|Wiko|5 Why|Asia\/\w+|API_KEY|API|Azure|Inspector|Enter|Esc|Shift|Ctrl|scripted-1|GMT|UTC|wiko_[\w…-]+|English|Token|ASTM|MNL7|US\$/g

/** Texts that can be read on the page, and those that are read out. */
const READ_TEXTS = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const texts = [document.title]
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement
    if (parent && !parent.closest('noscript, script, style')) texts.push(walker.currentNode.data)
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) texts.push(element.getAttribute(name) ?? '')
  }
  return texts.map((text) => text.trim()).filter(Boolean)
})()`

/** What does not fit into what holds it, or must be scrolled sideways there. The names of files are cut on purpose, and stand in a title. */
const CLIPPED_TEXTS = `[...document.querySelectorAll('header *, main *')]
  .filter((element) => element.checkVisibility() && !element.closest('[title$=".jpg"]'))
  .filter((element) => {
    const { overflowX, clipPath } = getComputedStyle(element)
    return overflowX !== 'visible' && clipPath === 'none' && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1
  })
  .map((element) => element.textContent)`

export const clippedTexts = (page: Page): Promise<string[]> => page.evaluate<string[]>(CLIPPED_TEXTS)

/** What stands on the page in another language than its own. */
export async function foreignTexts(page: Page, code: Language): Promise<string[]> {
  const texts = await page.evaluate<string[]>(READ_TEXTS)
  const names = ['English', '简体中文', '繁體中文']
  return texts
    .filter((text) => !names.includes(text))
    .filter((text) => (code === 'en' ? /\p{Script=Han}/u : /[A-Za-z]{3,}/).test(text.replaceAll(SAME_IN_CHINESE, '')))
}

/** A screen in one language: nothing of another one, nothing cut, no sideways scrolling. */
export async function check(t: Test, page: Page, code: Language, screen: string): Promise<void> {
  t.equal(await page.locator('html').getAttribute('lang'), code)
  t.equal(await overhang(page), 0, `${screen}: no sideways scrolling`)
  t.same(await clippedTexts(page), [], `${screen}: no text is cut`)
  t.same(await foreignTexts(page, code), [], `${screen}: nothing in another language`)
}
