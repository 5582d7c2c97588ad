import type { Browser } from 'playwright-core'
import type { Screen } from './list.ts'

export interface Opened {
  /** From the address entered to the content there. */
  ms: number
  requests: number
  kilobytes: number
}

/** Nothing more comes after so long. */
const QUIET_MS = 800
const GIVE_UP_MS = 30_000

/** Opens a screen as on a first visit. Throws where its content does not come. */
export async function open(browser: Browser, origin: string, { path, content }: Screen): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    // The page that prints would wait for the dialogue.
    await page.addInitScript('window.print = () => undefined')
    const network = await context.newCDPSession(page)
    await network.send('Network.enable')
    let requests = 0
    let bytes = 0
    let last = performance.now()
    network.on('Network.requestWillBeSent', ({ request }) => {
      if (!request.url.startsWith('http')) return
      requests++
      last = performance.now()
    })
    network.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
      last = performance.now()
    })
    const began = performance.now()
    await page.goto(new URL(path, origin).href, { waitUntil: 'commit' })
    await page.locator(content).first().waitFor({ state: 'attached', timeout: GIVE_UP_MS })
    const ms = performance.now() - began
    for (const since = performance.now(); performance.now() - last < QUIET_MS; ) {
      if (performance.now() - since > GIVE_UP_MS) break
      await page.waitForTimeout(100)
    }
    return { ms, requests, kilobytes: bytes / 1000 }
  } finally {
    await context.close()
  }
}
