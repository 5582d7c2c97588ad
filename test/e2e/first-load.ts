import { gzipSync } from 'node:zlib'
import type { Test } from 'tap'
import { openPage } from './browser.ts'
import type { Stage } from './stage.ts'

const LIMIT_KB = 200

/** Script of the first screen as it goes over the wire by gzip, in the language with a catalogue of its own. */
export async function firstLoadTests(t: Test, { browser, service }: Stage): Promise<void> {
  const { page } = await openPage(t, browser, { locale: 'zh-HK' })
  const scripts: Promise<[path: string, size: number]>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    scripts.push(response.body().then((body) => [new URL(response.url()).pathname, gzipSync(body).length]))
  })
  await page.goto(service.url, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: '選擇照片' }).waitFor()
  const loaded = await Promise.all(scripts)
  const kilobytes = loaded.reduce((sum, [, size]) => sum + size, 0) / 1000
  t.comment(`first load: ${kilobytes.toFixed(1)} kB of script in ${loaded.length} files (gzip)`)
  t.ok(kilobytes > 50, 'the scripts were seen')
  t.ok(kilobytes < LIMIT_KB, `${kilobytes.toFixed(1)} kB are under ${LIMIT_KB} kB`)
  const paths = loaded.map(([path]) => path).join(' ')
  t.match(paths, /zh-hant/)
  t.notMatch(paths, /zh-hans|history-|result-/, 'other languages and screens come when they are asked for')
}
