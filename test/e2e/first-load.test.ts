import { gzipSync } from 'node:zlib'
import type { Test } from 'tap'
import { resultOf, rust } from '../support/analyzers.ts'
import { openPage } from './browser.ts'
import { storeResult } from './results.ts'
import { type Stage, stageTest } from './stage.ts'

const LIMIT_KB = 200

async function firstLoadTests(t: Test, stage: Stage): Promise<void> {
  await t.test('little script', (t) => scriptTests(t, stage))
  await t.test('data is requested with the script, and once', (t) => prefetchTests(t, stage))
}

/** Script of the first screen as it goes over the wire by gzip, in the language with a catalogue of its own. */
async function scriptTests(t: Test, { browser, service }: Stage): Promise<void> {
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
  t.notMatch(paths, /zh-hans|history-|verdict-/, 'other languages and screens come when they are asked for')
}

/** Each screen's loader requests its data before the screen's script has arrived, and the screen uses that answer. */
async function prefetchTests(t: Test, stage: Stage): Promise<void> {
  const id = await storeResult(stage, resultOf([rust]))
  const screens: Record<string, RegExp> = {
    '/': /facilities$/,
    '/review': /analyses\?.*verdict=review/,
    '/history?view=gallery': /analyses\?limit/,
    [`/results/${id}`]: new RegExp(`${id}$`),
    '/dashboard': /statistics\?/,
    '/report': /facilities$/,
    '/quality': /quality$/,
    '/admin': /keys$/,
  }
  for (const [path, first] of Object.entries(screens)) {
    const { page } = await openPage(t, stage.browser)
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url())
      if (/^\/api\/v1\/(?!.*\/image$)/.test(pathname)) asked.push(`${request.method()} ${pathname}${search}`)
    })
    // The screen's script arrives only after the request.
    const screen = path.split(/[/?]/)[1] || 'inspect'
    let prefetched = false
    await page.route(new RegExp(`/assets/${screen}-`), async (route) => {
      prefetched ||= asked.some((each) => first.test(each))
      prefetched ||= await page
        .waitForRequest((request) => first.test(request.url()), { timeout: 5000 })
        .then(
          () => true,
          () => false,
        )
      await route.continue()
    })
    await page.goto(`${stage.service.url}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    t.ok(prefetched, `${path}: ${first} before the screen's script`)
    const twice = asked.filter((each, index) => asked.indexOf(each) !== index)
    t.same(twice, [], `${path} asks nothing twice`)
    await page.context().close()
  }
}

stageTest('first load', firstLoadTests)
