/** `make screenshots`: writes docs/screenshots, the pictures that the documents show, with made-up analyses (COUNT, default 20,000). */
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BrowserContextOptions } from 'playwright-core'
import sharp from 'sharp'
import { launch } from '../fixtures/browser.ts'
import { aDefect, screens } from './screens/list.ts'
import { startProduct } from './screens/product.ts'

const FOLDER = resolve(import.meta.dirname, '../docs/screenshots')

interface Look {
  /** Names of ./screens/list.ts; each becomes SCREEN-LOOK.png. */
  screens: readonly string[]
  options: BrowserContextOptions
}

const DESK = { width: 1440, height: 1000 }
const LOOKS: Record<string, Look> = {
  desk: { screens: ['result', 'review', 'history', 'dashboard', 'quality'], options: { viewport: DESK } },
  phone: { screens: ['inspect'], options: { viewport: { width: 360, height: 780 } } },
  'zh-hans': { screens: ['dashboard'], options: { viewport: DESK, locale: 'zh-CN' } },
}

const product = await startProduct(20_000)
const browser = await launch(product.chromium)
try {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  for (const [look, { screens: wanted, options }] of Object.entries(LOOKS)) {
    const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Asia/Shanghai', ...options })
    const page = await context.newPage()
    const shown = screens(await aDefect(page, product.origin)).filter(({ name }) => wanted.includes(name))
    for (const { name, path, content } of shown) {
      await page.goto(product.origin + path)
      await page.locator(content).first().waitFor()
      await page.waitForLoadState('networkidle')
      const shot = await page.screenshot({ animations: 'disabled' })
      // A palette keeps them small; the repository holds every version.
      await sharp(shot)
        .png({ palette: true, colours: 128 })
        .toFile(join(FOLDER, `${name}-${look}.png`))
      process.stderr.write(`${name} ${look}\n`)
    }
    await context.close()
  }
} finally {
  await browser.close()
  await product.stop()
}
