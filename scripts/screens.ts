/**
 * `make screens`: opens every screen in Chromium with an empty cache, over 100,000 made-up analyses (DATA_DIR: those of an earlier
 * `make demo-data`; COUNT: another number). Judges requests and bytes; the time until the content is there is shown beside, as machines differ.
 */
import { launch } from '../fixtures/browser.ts'
import { aDefect, type Screen, screens } from './screens/list.ts'
import { startProduct } from './screens/product.ts'

const CLIENT_MS = 1000
const product = await startProduct(100_000)
const browser = await launch(product.chromium)

/** In the page, so that what drives the browser is not counted: milliseconds from the navigation until the selector finds something. */
const watch = (content: string): string => `
  new MutationObserver((_, watcher) => {
    if (!document.querySelector(${JSON.stringify(content)})) return
    window.contentThere = performance.now()
    watcher.disconnect()
  }).observe(document, { subtree: true, childList: true })`

async function measure({ path, content }: Screen) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  let bytes = 0
  let requests = 0
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
    requests++
  })
  await page.addInitScript(watch(content))
  await page.goto(product.origin + path)
  await page.locator(content).first().waitFor()
  const ms = await page.evaluate<number>('window.contentThere')
  await page.waitForLoadState('networkidle')
  await context.close()
  return { ms, requests, kilobytes: bytes / 1000 }
}

let failed = false
try {
  const page = await browser.newPage()
  const list = screens(await aDefect(page, product.origin))
  await page.close()
  console.log('| screen | content there | requests (at most) | kB over the wire (at most) |\n|---|---|---|---|')
  for (const screen of list) {
    const { ms, requests, kilobytes } = await measure(screen)
    const { limit } = screen
    const good = requests <= limit.requests && kilobytes <= limit.kilobytes
    failed ||= !good
    const late = ms > CLIENT_MS ? ' (over 1 s)' : ''
    console.log(
      `| ${screen.name} | ${(ms / 1000).toFixed(2)} s${late} | ${requests} (${limit.requests}) | ${kilobytes.toFixed(0)} (${limit.kilobytes})${good ? '' : ' **too much**'} |`,
    )
  }
} finally {
  await browser.close()
  await product.stop()
}
process.exit(failed ? 1 : 0)
