import { join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Test } from 'tap'
import { eventually } from '../../fixtures/load.ts'

export { buildPageFor, chromiumPath, launch, launchProfile } from '../../fixtures/browser.ts'

const ROOT = resolve(import.meta.dirname, '../..')

export interface TestPage {
  page: Page
  /** Exceptions, and what the console calls an error; refused requests are not among them. */
  faults: string[]
  /** What the page's content security policy has refused. */
  violations: string[]
}

const REPORT_VIOLATIONS = `document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
  console.warn('policy: ' + [effectiveDirective, blockedURI, sample].join(' ')))`

/** Where a failed test leaves its trace, for `npx playwright-core show-trace`. */
const tracePath = (t: Test): string =>
  join(ROOT, '.data/traces', `${t.fullname.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(-100)}-${Date.now()}.zip`)

/**
 * A page of a fresh profile, closed with the test; a failed test leaves a trace. The service worker is left out, unless asked for: it
 * would load the whole page once more in each test.
 */
export async function openPage(t: Test, browser: Browser, options: BrowserContextOptions = {}): Promise<TestPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    serviceWorkers: 'block',
    ...options,
  })
  context.setDefaultTimeout(60_000)
  await context.tracing.start({ snapshots: true })
  let closed = false
  context.once('close', () => {
    closed = true
  })
  t.teardown(async () => {
    if (closed) return
    await context.tracing.stop(t.passing() ? {} : { path: tracePath(t) })
    await context.close()
  })
  const page = await context.newPage()
  const faults: string[] = []
  const violations: string[] = []
  await page.addInitScript(REPORT_VIOLATIONS)
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.text().startsWith('policy: ')) violations.push(message.text())
    if (message.type() === 'error' && !/^Failed to load resource/.test(message.text())) faults.push(message.text())
  })
  return { page, faults, violations }
}

export interface TestFile {
  name: string
  mimeType: string
  buffer: Buffer
}
export const jpegFile = (name: string, buffer: Buffer): TestFile => ({ name, mimeType: 'image/jpeg', buffer })

/** Chooses files by the page's button. */
export const addPhotos = (page: Page, ...files: TestFile[]): Promise<void> =>
  page.locator('input[type=file]').first().setInputFiles(files)

/** Drops files and folders of the disk onto the page, as the desktop does. */
export async function dropPaths(page: Page, files: string[]): Promise<void> {
  const chromium = await page.context().newCDPSession(page)
  const data = { items: [], files, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await chromium.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data })
  }
  await chromium.detach()
}

/** Waits until an expression holds in the page. (Playwright's own waitForFunction needs eval, which the page's policy forbids.) */
export async function until(page: Page, expression: string): Promise<void> {
  await eventually(() => page.evaluate<boolean>(expression), 60).catch(() => {
    throw new Error(`never true: ${expression}`)
  })
}

/** Signs in by the form that stands on the page. */
export async function signIn(page: Page, name: string, key: string): Promise<void> {
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('textbox', { name: 'API key' }).fill(key)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** The queue's row of a file. */
export const rowOf = (page: Page, name: string) => page.locator('li[data-state]').filter({ hasText: name })

/** A colour halfway to another is none of the design. */
const SETTLED = `Promise.allSettled(
  document.getAnimations().filter((each) => each instanceof CSSTransition).map(({ finished }) => finished)).then(() => undefined)`

/** No violation that axe knows of, in light and dark. */
export async function accessible(t: Test, page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
    await page.evaluate(SETTLED)
    const axe = new AxeBuilder({ page })
    // The scheme changes colours only.
    if (colorScheme === 'dark') axe.withRules('color-contrast')
    const { violations } = await axe.analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
    t.same(found, [], `${screen}, ${colorScheme}: no violation`)
  }
}

/** How far the page is wider than the window, in pixels. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
