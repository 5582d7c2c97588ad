import { readFileSync } from 'node:fs'
import { launch } from '../test/e2e/browser.ts'
const p = JSON.parse(readFileSync('/tmp/prod.json','utf8'))
const b = await launch(p.chromium)
for (const [w,h,scheme] of [[412,823,'light'],[1440,900,'dark']] as const) {
  const page = await b.newPage({ viewport: { width: w, height: h }, colorScheme: scheme })
  await page.route(/assets.*js/, async (r) => { await new Promise(d => setTimeout(d, 2500)); await r.continue() })
  await page.goto(p.origin, { waitUntil: 'commit' })
  await page.waitForTimeout(700)
  await page.screenshot({ path: `/tmp/shell-${w}.png` })
  await page.waitForSelector('main button'); await page.waitForTimeout(800)
  await page.screenshot({ path: `/tmp/page-${w}.png` })
}
await b.close()
