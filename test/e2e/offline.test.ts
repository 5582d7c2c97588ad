import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { photo } from '../../fixtures/photos.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { accessible, addPhotos, chromiumPath, jpegFile, launchProfile, openPage, rowOf, until } from './browser.ts'
import { startLossyProxy } from './lossy-proxy.ts'
import { type Stage, stageTest } from './stage.ts'

const WORKER = resolve(import.meta.dirname, '../../web/dist/sw.js')
const ALLOWED = { serviceWorkers: 'allow' } as const
const IS_READY = 'navigator.serviceWorker.controller !== null'
const CACHED = `caches.keys().then(async (names) => ({
  names,
  paths: (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys())))).flat()
    .map(({ url }) => new URL(url).pathname),
}))`

interface Cached {
  names: string[]
  paths: string[]
}

/** Opens the page, and waits until it would open without a network too. */
async function openReady(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.locator('button:enabled[data-size=md]').first().waitFor()
  await until(page, IS_READY)
}

/** The page as an installed program: it opens without a network, and changes to a new build when it is asked to. */
async function offlineTests(t: Test, { browser, service, analyzer }: Stage): Promise<void> {
  await t.test('it can be installed', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'wiko-profile-'))
    const profile = await launchProfile(chromiumPath() ?? '', folder)
    t.teardown(async () => {
      await profile.close()
      await rm(folder, { recursive: true })
    })
    const page = await profile.newPage()
    await openReady(page, service.url)
    const chromium = await profile.newCDPSession(page)
    const { installabilityErrors } = await chromium.send('Page.getInstallabilityErrors')
    t.same(installabilityErrors, [])
    const manifest = await chromium.send('Page.getAppManifest')
    t.same(manifest.errors, [])
    const { icons, name } = JSON.parse(manifest.data ?? '{}') as {
      name: string
      icons: { src: string; sizes: string }[]
    }
    t.equal(name, 'Wiko Defect Analyzer')
    for (const { src, sizes } of icons.filter(({ sizes }) => sizes !== 'any')) {
      const drawn = await page.evaluate<string>(`(async () => {
        const icon = new Image()
        icon.src = '${src}'
        await icon.decode()
        return icon.naturalWidth + 'x' + icon.naturalHeight
      })()`)
      t.equal(drawn, sizes, src)
    }
    for (const path of ['/sw.js', '/manifest.webmanifest']) {
      const { headers } = await fetch(service.url + path)
      t.match(headers.get('cache-control'), /no-cache/, `${path} is never kept`)
    }
  })

  await t.test(
    'without a network it opens, takes photos and sends them later; answers and photos are never cached',
    async (t) => {
      analyzer.answer = () => resultOf([rust])
      const { page } = await openPage(t, browser, ALLOWED)
      await openReady(page, service.url)
      await addPhotos(page, jpegFile('before.jpg', await photo()))
      await page.locator('article img').first().waitFor()
      const { names, paths } = await page.evaluate<Cached>(CACHED)
      t.equal(names.length, 1)
      t.ok(paths.includes('/index.html'))
      t.same(
        paths.filter((path) => !/^\/(assets|icons)\/|^\/(index\.html|favicon\.svg|scheme\.js)$/.test(path)),
        [],
        'only the page itself',
      )

      await page.context().setOffline(true)
      // A tab that was closed has no session any more.
      const tab = await page.context().newPage()
      await page.close()
      await tab.goto(service.url)
      await tab.getByText('You are offline').waitFor()
      await rowOf(tab, 'before.jpg').and(tab.locator('[data-state=done]')).waitFor()
      await tab.getByLabel('Product').selectOption('WK-SC-200')
      await addPhotos(tab, jpegFile('patient.jpg', await photo()))
      await rowOf(tab, 'patient.jpg').and(tab.locator('[data-state=queued]')).waitFor()
      await accessible(t, tab, 'offline')
      await tab.reload()
      await rowOf(tab, 'patient.jpg').and(tab.locator('[data-state=queued]')).waitFor()
      for (const [language, text] of [
        ['zh-Hans', '当前离线'],
        ['zh-Hant', '離線'],
        ['en', 'You are offline'],
      ] as const) {
        await tab.getByRole('banner').locator('select').last().selectOption(language)
        await tab.getByText(text).first().waitFor()
      }
      await tab.context().setOffline(false)
      await rowOf(tab, 'patient.jpg').and(tab.locator('[data-state=done]')).waitFor()
      t.equal(await tab.getByText('You are offline').count(), 0)
    },
  )

  await t.test('a server that is down does not take the page away', async (t) => {
    const proxy = await startLossyProxy(service.url)
    t.teardown(() => proxy.close())
    analyzer.answer = () => resultOf()
    const { page } = await openPage(t, browser, ALLOWED)
    await openReady(page, proxy.url)
    proxy.down = true
    await page.reload()
    await page.locator('button:enabled', { hasText: 'Choose photos' }).waitFor()
    await addPhotos(page, jpegFile('later.jpg', await photo()))
    await page.getByText(/Going on in \d s/).waitFor()
    const answer = page.waitForResponse('**/api/v1/info')
    await page.evaluate("fetch('/api/v1/info')")
    t.equal((await answer).fromServiceWorker(), false, "the API is none of the worker's business")
    proxy.down = false
    await page.getByRole('button', { name: 'Try now' }).click()
    await rowOf(page, 'later.jpg').and(page.locator('[data-state=done]')).waitFor()
  })

  await t.test('a new build waits until it is asked for, and then takes the place of the old', async (t) => {
    const built = await readFile(WORKER, 'utf8')
    t.teardown(() => writeFile(WORKER, built))
    /** Puts another worker in its place, and looks for it as the browser does now and then. */
    const release = async (version: string, worker: string) => {
      await writeFile(WORKER, worker.replace(/"[0-9a-f]{16}"/, `"${version}"`))
      const look = 'navigator.serviceWorker.getRegistration().then((known) => known.update())'
      await page.evaluate(`${look}.then(() => true, () => false)`)
    }
    const { page } = await openPage(t, browser, ALLOWED)
    await openReady(page, service.url)
    const [before] = (await page.evaluate<Cached>(CACHED)).names

    await release('00000000000000ff', built.replace(/"\/assets\/index-[^"]+\.js",/g, ''))
    await until(page, 'navigator.serviceWorker.getRegistration().then((known) => !known.installing && !known.waiting)')
    t.same((await page.evaluate<Cached>(CACHED)).names, [before], 'one that does not fit the page is not taken')

    await release('0123456789abcdef', built)
    await page.getByText('A new version of this page is there').waitFor()
    await sleep(300)
    t.equal(await page.evaluate('performance.getEntriesByType("navigation").length'), 1)
    t.ok((await page.evaluate<Cached>(CACHED)).names.includes(before ?? ''), 'the old build still serves')
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Load it' }).click()])
    await page.getByRole('button', { name: 'Choose photos' }).waitFor()
    t.same((await page.evaluate<Cached>(CACHED)).names, ['wiko-shell-0123456789abcdef'], 'the old cache is gone')
    t.equal(await page.getByText('A new version of this page is there').count(), 0)
  })
}

stageTest('offline', offlineTests)
